package dev.redisaccess.kubernetes;

/** Sees what is asked of the embedded API, for whoever wants to count it. Called on the thread that answers. */
@FunctionalInterface
public interface RequestListener {

    /**
     * One request, before it is answered. Watches of kubectl, which are streamed over plain HTTP, are not told.
     *
     * @param target path and query
     * @param userAgent what the client calls itself; empty when it does not say
     */
    void received(String method, String target, String userAgent);
}
