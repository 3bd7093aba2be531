package dev.redisaccess.kubernetes;

/** Observes the requests to the embedded API, for example to count them. Called on the thread that responds. */
@FunctionalInterface
public interface RequestListener {

    /**
     * One request, before its response. Watches of kubectl, which are streamed over plain HTTP, are not reported.
     *
     * @param target path and query
     * @param userAgent the client's User-Agent; empty if it sent none
     */
    void received(String method, String target, String userAgent);
}
