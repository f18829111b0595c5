package dev.sluice.app.catalogue;

import java.sql.SQLException;

/** The catalogue's file cannot be used. Nothing is lost with it: it is to be made anew. */
public final class CatalogueLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    CatalogueLost(String message, SQLException cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
