package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.runs.Json;

import java.net.http.HttpResponse;
import java.util.Map;

/** What answers have to be like, whatever was asked. */
final class Asking {
    private Asking() {}

    static Map<String, Object> json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(Answer.JSON);
        return Json.object(answer.body());
    }

    static Map<String, Object> problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(Answer.PROBLEM);
        Map<String, Object> problem = Json.object(answer.body());
        assertThat(problem).containsEntry("status", status).containsKeys("type", "title", "detail");
        assertThat(problem.get("instance")).asString().startsWith(RestApi.ROOT + "/");
        return problem;
    }
}
