package dev.redisaccess.operator.telemetry.trace;

import dev.redisaccess.operator.binding.port.Telemetry;
import java.net.URI;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * Traces for a collector. An interface, so that the runtime can verify a class that refers to it without loading any class of
 * OpenTelemetry.
 */
public interface Traces extends AutoCloseable {

    /**
     * The operator, as the collector names it.
     *
     * @param version of the operator
     * @param namespace its own
     * @param replica its pod
     */
    record Source(String version, String namespace, String replica) {}

    /**
     * The authorities of an https collector.
     *
     * @param context of the connections
     * @param manager that the context uses
     */
    record Trust(SSLContext context, X509TrustManager manager) {}

    /** Starts the threads; connects when there is a trace. */
    static Traces to(URI collector, Trust trust, Source source, Clock clock) {
        return TraceExport.to(collector, trust, source, clock);
    }

    /** Gets what happens to bindings. */
    Telemetry telemetry();

    /** Sends the traces that have ended, for some seconds at most. */
    @Override
    void close();
}
