package dev.redisaccess.operator.telemetry.trace;

import dev.redisaccess.operator.binding.port.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends traces to a collector, by OTLP over HTTP, on threads of its own: the only class that uses OpenTelemetry. Spans wait in a
 * queue; those that do not fit are dropped, and so are those that the collector has not taken after the exporter's own retries.
 */
final class TraceExport implements Traces {

    private static final Logger LOG = LoggerFactory.getLogger(TraceExport.class);

    /** Spans, some hundred bytes each: those of two hundred bindings that become Ready within a second. */
    private static final int QUEUE = 4_096;

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(10);

    /** At most this long the end of the operator waits for the collector. */
    static final Duration LAST = Duration.ofSeconds(5);

    /** Where the library logs. Referred to, because the JDK keeps no logger alive. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final LastMessage LAST_MESSAGE = new LastMessage();

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final BindingTraces traces;

    TraceExport(SpanExporter exporter, Source source, Clock clock) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(resource(source))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(PERIOD)
                        .build())
                .build();
        tracer = provider.get("dev.redisaccess.operator", source.version());
        traces = new BindingTraces(clock, trace -> send(trace, Context.root()));
    }

    static TraceExport to(URI collector, Trust trust, Source source, Clock clock) {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(LAST_MESSAGE);
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString())
                .setConnectTimeout(CONNECT)
                .setTimeout(REQUEST)
                .setMeterProvider(MeterProvider.noop());
        if ("https".equals(collector.getScheme())) {
            exporter.setSslContext(trust.context(), trust.manager());
        }
        LOG.info("Traces of bindings are sent to {}", collector);
        return new TraceExport(new ReportingExporter(exporter.build(), collector), source, clock);
    }

    @Override
    public Telemetry telemetry() {
        return traces;
    }

    /** Sends the traces that have ended, for at most {@link #LAST}. */
    @Override
    public void close() {
        provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Attributes resource(Source source) {
        return Attributes.builder()
                .put("service.name", "redis-access-operator")
                .put("service.version", source.version())
                .put("service.instance.id", source.replica())
                .put("k8s.namespace.name", source.namespace())
                .put("k8s.pod.name", source.replica())
                .build();
    }

    private void send(RecordedSpan recorded, Context parent) {
        SpanBuilder builder = tracer.spanBuilder(recorded.name())
                .setParent(parent)
                .setSpanKind(recorded.isCall() ? SpanKind.CLIENT : SpanKind.INTERNAL)
                .setStartTimestamp(recorded.start());
        recorded.attributes().forEach((name, value) -> builder.setAttribute(AttributeKey.stringKey(name), value));
        Span span = builder.startSpan();
        recorded.problem().ifPresent(reason -> {
            span.setAttribute("error.type", reason.text());
            span.setStatus(StatusCode.ERROR, reason.text());
        });
        recorded.children().forEach(child -> send(child, parent.with(span)));
        span.end(recorded.end());
    }

    /** The library logs each failure, in a format of its own, before it reports it without a message. */
    private static final class LastMessage extends Handler {

        private volatile String text = "";

        @Override
        public void publish(LogRecord failure) {
            if (failure.getLevel().intValue() >= Level.WARNING.intValue()) {
                text = failure.getMessage()
                        + Optional.ofNullable(failure.getThrown())
                                .map(thrown -> ": " + thrown)
                                .orElse("");
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Logs one line when sending begins to fail, and one when it works again. */
    private static final class ReportingExporter implements SpanExporter {

        private final SpanExporter exporter;
        private final URI collector;
        private final AtomicBoolean failing = new AtomicBoolean();

        ReportingExporter(SpanExporter exporter, URI collector) {
            this.exporter = exporter;
            this.collector = collector;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> report(result));
        }

        private void report(CompletableResultCode result) {
            if (result.isSuccess()) {
                if (failing.getAndSet(false)) {
                    LOG.info("Traces are sent to {} again", collector);
                }
            } else if (!failing.getAndSet(true)) {
                LOG.warn(
                        "Traces are dropped until {} accepts them; nothing else is affected. {}",
                        collector,
                        LAST_MESSAGE.text);
            }
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
