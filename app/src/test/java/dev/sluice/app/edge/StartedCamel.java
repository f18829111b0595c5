package dev.sluice.app.edge;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.Service;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with routes, at work until it is closed. */
final class StartedCamel implements AutoCloseable {
    private final CamelContext camel = new DefaultCamelContext();

    StartedCamel(RoutesBuilder routes, Service... services) throws Exception {
        camel.getShutdownStrategy().setTimeout(20);
        for (Service service : services) {
            camel.addService(service);
        }
        camel.addRoutes(routes);
        camel.start();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
