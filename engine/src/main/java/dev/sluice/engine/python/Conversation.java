package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonParser;

import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Questions to the helper, one at a time, and answers to what it asks meanwhile. Synchronous,
 * without a thread of its own; used by one thread at a time.
 */
final class Conversation {
    private final Frames frames;
    private final Questions questions;
    private int lastId;

    Conversation(Frames frames, Questions questions) {
        this.frames = frames;
        this.questions = questions;
    }

    /** What a question led to: exactly one of the two is there. */
    record Result<T>(@Nullable T answer, @Nullable PythonError error) {}

    /**
     * @param body writes the question's own fields
     * @throws IOException where the pipe breaks
     * @throws HelperGone where the helper ends without an answer
     */
    <T> Result<T> ask(String question, Json.Writer body, Json.Reader<@Nullable T> answer)
            throws IOException {
        int id = ++lastId;
        frames.write(
                Json.write(
                        json -> {
                            json.writeStartObject();
                            json.writeNumberField("id", id);
                            json.writeStringField("ask", question);
                            body.write(json);
                            json.writeEndObject();
                        }));
        while (true) {
            byte[] frame = frames.read();
            if (frame == null) {
                throw new HelperGone("no answer to " + question);
            }
            Message<T> message = new Message<>();
            try (JsonParser json = Json.parser(frame)) {
                Json.fields(json, name -> message.field(json, name, answer));
            }
            if (message.question == null) {
                return new Result<>(message.answer, message.error);
            }
            reply(message.id, questions.answer(message.question, message.arguments));
        }
    }

    private void reply(int id, Questions.Reply reply) throws IOException {
        frames.write(
                Json.write(
                        json -> {
                            json.writeStartObject();
                            json.writeNumberField("id", id);
                            switch (reply) {
                                case Questions.Reply.Of(Value value) -> {
                                    json.writeFieldName("answer");
                                    ValueJson.write(json, value);
                                }
                                case Questions.Reply.Failed(PythonError error) -> {
                                    json.writeFieldName("error");
                                    ErrorJson.write(json, error);
                                }
                            }
                            json.writeEndObject();
                        }));
    }

    /** A message read field by field: an answer, an error, or a question with its arguments. */
    private static final class Message<T> {
        private int id;
        private @Nullable T answer;
        private @Nullable PythonError error;
        private @Nullable String question;
        private final SequencedMap<String, Value> arguments = new LinkedHashMap<>();

        void field(JsonParser json, String name, Json.Reader<@Nullable T> reader)
                throws IOException {
            switch (name) {
                case "id" -> id = json.getIntValue();
                case "answer" -> answer = reader.read(json);
                case "error" -> error = ErrorJson.read(json);
                case "ask" -> question = Json.text(json);
                default -> arguments.put(name, ValueJson.read(json));
            }
        }
    }
}
