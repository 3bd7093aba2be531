package dev.redisaccess.kubernetes;

/** Observes the requests to the embedded API, for example to count them. Called on the thread that responds. */
@FunctionalInterface
public interface RequestListener {

    /**
     * One request, before its response. Watches of kubectl, which are streamed over plain HTTP, are not reported.
     *
     * @param target path and query
     * @param userAgent what the client calls itself; empty when it does not say
     */
    void received(String method, String target, String userAgent);
}
