package dev.redisaccess.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.ConditionType;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.MessageForm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of reasons that the pages need. */
class ReasonTextsTest {

    @ParameterizedTest
    @EnumSource
    void everyConditionHasAReasonToHold(ConditionType type) {
        assertThat(Reason.values())
                .filteredOn(reason -> reason.condition() == type)
                .filteredOn(reason -> reason.kind() == Reason.Kind.HOLDS)
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysWhatItMeansAndWhatToDo(Reason reason) {
        assertThat(reason.text()).matches("([A-Z][a-z]+)+");
        assertThat(List.of(reason.meaning(), reason.remedy()))
                .allSatisfy(text -> assertThat(text).hasSizeBetween(5, 240))
                .allSatisfy(MessageForm::assertKept);
    }
}
