package dev.sluice.engine.python;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages on a pipe: a length of four bytes, then that many bytes. */
final class Frames {
    private final DataInputStream in;
    private final OutputStream out;

    Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    void write(byte[] message) throws IOException {
        byte[] framed = new byte[message.length + 4];
        framed[0] = (byte) (message.length >>> 24);
        framed[1] = (byte) (message.length >>> 16);
        framed[2] = (byte) (message.length >>> 8);
        framed[3] = (byte) message.length;
        System.arraycopy(message, 0, framed, 4, message.length);
        out.write(framed);
        out.flush();
    }

    /** The next message, or null where the other side has closed its end. */
    byte @Nullable [] read() throws IOException {
        try {
            int length = in.readInt();
            byte[] message = in.readNBytes(length);
            return message.length == length ? message : null;
        } catch (EOFException e) {
            return null;
        }
    }
}
