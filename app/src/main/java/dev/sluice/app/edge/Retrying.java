package dev.sluice.app.edge;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Which failures may go away by themselves: all but a receiver's plain no. */
final class Retrying {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private Retrying() {}

    static boolean isWorth(Throwable failure) {
        return switch (failure) {
            case HttpOperationFailedException answer -> isWorth(answer.getStatusCode());
            case AuthenticationFailedException _ -> false;
            case SMTPSendFailedException refused -> refused.getReturnCode() < 500;
            case SMTPAddressFailedException refused -> refused.getReturnCode() < 500;
            case MessagingException trouble -> isWorth(trouble);
            // Such as what a server that is ending does to its own parts.
            default -> true;
        };
    }

    static boolean isWorth(int status) {
        return status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    /** The mail server's own words stand in the chain of those behind it. */
    private static boolean isWorth(MessagingException trouble) {
        Exception next = trouble.getNextException();
        return next == null || isWorth(next);
    }
}
