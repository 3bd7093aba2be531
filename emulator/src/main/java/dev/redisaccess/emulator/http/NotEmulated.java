package dev.redisaccess.emulator.http;

/**
 * Marks a refusal because the emulator does not support a request that Azure may support. The mark is a header,
 * so that the body stays Azure's response to an unknown path; the request log and the program's log also have it.
 */
public final class NotEmulated {

    /** The header's name. */
    public static final String HEADER = "x-emulator-refusal";

    /** The header's value, and the error code if the body is the emulator's own. */
    public static final String CODE = "NotEmulated";

    private NotEmulated() {}

    public static Response mark(Response response) {
        return response.with(HEADER, CODE);
    }

    static boolean marks(Response response) {
        return CODE.equals(response.headers().get(HEADER));
    }
}
