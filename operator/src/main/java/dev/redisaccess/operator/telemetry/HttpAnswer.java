package dev.redisaccess.operator.telemetry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is sent for a request.
 *
 * @param status of HTTP
 * @param text the body
 */
record HttpAnswer(int status, String text) {

    static final HttpAnswer BAD_REQUEST = new HttpAnswer(400, "Not a request of HTTP/1.1.\n");
    static final HttpAnswer NOT_FOUND = new HttpAnswer(404, "Not found.\n");
    static final HttpAnswer NOT_ALLOWED = new HttpAnswer(405, "Only GET and HEAD.\n");
    static final HttpAnswer TOO_LONG = new HttpAnswer(431, "The header fields are too long.\n");
    static final HttpAnswer FAILED = new HttpAnswer(500, "Failed; the log has the cause.\n");

    /**
     * The bytes to send.
     *
     * @param withBody false: only the head, as for HEAD
     * @param persistent whether another request may follow
     */
    ByteBuffer bytes(boolean withBody, boolean persistent) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + " " + phrase() + "\r\n"
                        + "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                        + (status == NOT_ALLOWED.status ? "Allow: GET, HEAD\r\n" : "")
                        + "Content-Length: " + body.length + "\r\n"
                        + "Connection: " + (persistent ? "keep-alive" : "close") + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer all = ByteBuffer.allocate(head.length + (withBody ? body.length : 0));
        all.put(head);
        if (withBody) {
            all.put(body);
        }
        return all.flip();
    }

    private String phrase() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
