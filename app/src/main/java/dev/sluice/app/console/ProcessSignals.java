package dev.sluice.app.console;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signals to this process, answered by us instead of the virtual machine. A signal that whoever
 * started us wants ignored ({@code nohup}, a job in the background of a script) stays ignored.
 *
 * <p>Through reflection: the JDK offers {@code sun.misc.Signal} to everybody (module
 * jdk.unsupported), and its compiler warns of it in a way that cannot be turned off.
 */
public final class ProcessSignals implements AutoCloseable {
    private final Map<Object, Object> before = new LinkedHashMap<>();
    private final Class<?> signals;
    private final Class<?> handlers;

    public ProcessSignals() {
        try {
            signals = Class.forName("sun.misc.Signal");
            handlers = Class.forName("sun.misc.SignalHandler");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this Java has no module jdk.unsupported", e);
        }
    }

    /**
     * Calls {@code action}, on a thread of its own, each time the signal comes.
     *
     * @param name without SIG
     */
    @SuppressWarnings("ReferenceEquality") // which handler it is, not what it is like
    public void on(String name, Runnable action) {
        Object handler =
                Proxy.newProxyInstance(
                        handlers.getClassLoader(),
                        new Class<?>[] {handlers},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "handle" -> {
                                        action.run();
                                        yield null;
                                    }
                                    case "equals" -> arguments != null && proxy == arguments[0];
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    default -> "signal handler";
                                });
        try {
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Object old = handle(signal, handler);
            if (old == handlers.getField("SIG_IGN").get(null)) {
                handle(signal, old);
            } else {
                before.put(signal, old);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot listen to SIG" + name, e);
        }
    }

    private @Nullable Object handle(Object signal, @Nullable Object handler)
            throws ReflectiveOperationException {
        return signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
    }

    /** From here on the virtual machine answers again. */
    @Override
    public void close() {
        before.forEach(
                (signal, handler) -> {
                    try {
                        handle(signal, handler);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("cannot let go of a signal", e);
                    }
                });
        before.clear();
    }
}
