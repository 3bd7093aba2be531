package dev.redisaccess.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {

    /** A user who may create Events in a namespace writes each of these texts. */
    @Test
    void noTextOfAnEventReachesTheTerminalAsItIs() {
        String hostile = "\u001b]0;title\u0007\u001b[2J\n✓ Ready\u202e";
        var event = new EventBuilder()
                .withLastTimestamp(hostile)
                .withType(hostile)
                .withReason(hostile)
                .withMessage(hostile)
                .build();

        assertThat(Chain.events(List.of(event))).singleElement().isEqualTo("✓ Ready ✓ Ready ✓ Ready: ✓ Ready");
    }
}
