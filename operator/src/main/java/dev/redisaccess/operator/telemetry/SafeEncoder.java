package dev.redisaccess.operator.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * Any form of the log, with foreign text made harmless first ({@link SafeEvent}): a line break in an exception's message must not
 * look like another line of the log, nor may a terminal obey what is in it.
 */
final class SafeEncoder extends EncoderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> form;

    /** @param form already started */
    SafeEncoder(Encoder<ILoggingEvent> form) {
        this.form = form;
        start();
    }

    @Override
    public byte[] headerBytes() {
        return form.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return form.encode(new SafeEvent(event));
    }

    @Override
    public byte[] footerBytes() {
        return form.footerBytes();
    }
}
