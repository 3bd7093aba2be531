package dev.redisaccess.emulator.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redisaccess.emulator.http.Json;
import dev.redisaccess.emulator.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists: {@code {"value":[…],"nextLink":…}}, the link absolute and only when more follows. */
final class Pages {

    private static final String SKIP = "$skipToken";

    private final int size;

    Pages(int size) {
        this.size = size;
    }

    Response of(ArmRequest request, List<ObjectNode> items) {
        int from = Math.min(offset(request), items.size());
        int to = Math.min(items.size(), from + size);
        ObjectNode body = Json.object();
        ArrayNode value = body.putArray("value");
        items.subList(from, to).forEach(value::add);
        if (to < items.size()) {
            body.put(
                    "nextLink",
                    request.base() + request.http().rawPath() + "?api-version=" + request.apiVersion() + "&"
                            + URLEncoder.encode(SKIP, StandardCharsets.UTF_8) + "=" + to);
        }
        return Response.json(200, body);
    }

    private static int offset(ArmRequest request) {
        String token = request.http().parameter(SKIP).orElse("0");
        if (!token.matches("\\d{1,9}")) {
            throw new ArmRefusal(ArmError.gateway(400, "InvalidSkipToken", "The skip token is not valid."));
        }
        return Integer.parseInt(token);
    }
}
