package dev.sluice.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.show.FileGraphText.Table;
import dev.sluice.app.show.GraphText.Edge;

import org.junit.jupiter.api.Test;

import java.util.List;

final class FileGraphTextTest {
    @Test
    void drawsATableForEachRule() {
        var tables =
                List.of(
                        new Table("all", List.of("z.txt", "a.txt"), List.of()),
                        new Table("make", List.of(), List.of("{x}.txt")));
        assertThat(FileGraphText.dot(List.of("make", "all"), tables, List.of(new Edge(1, 0))))
                .isEqualTo(
                        """
                        digraph snakemake_dag {
                            graph[bgcolor=white, margin=0];
                            node[shape=box, style=rounded, fontname=sans, fontsize=10, penwidth=2];
                            edge[penwidth=2, color=grey];
                        0 [margin=0, shape=none, label=<
                        <table cellspacing="3" cellborder="0" border="2" color="#D95757">
                        <tr><td><b><font point-size="18">all</font></b></td></tr>
                        <hr/>
                        <tr><td balign="left" align="left"><b><font point-size="14">&#8618; input</font></b></td></tr>
                        <tr><td balign="left" align="left"><font face="monospace">a.txt<br/>z.txt</font></td></tr>
                        <hr/>
                        <tr><td balign="right" align="right"> </td></tr>
                        </table>>]
                        1 [margin=0, shape=none, label=<
                        <table cellspacing="3" cellborder="0" border="2" color="#57D957">
                        <tr><td><b><font point-size="18">make</font></b></td></tr>
                        <hr/>
                        <tr><td balign="left" align="left"> </td></tr>
                        <hr/>
                        <tr><td balign="right" align="right"><b><font point-size="14">output &rarr;</font></b></td></tr>
                        <tr><td balign="left" align="left"><font face="monospace">{x}.txt</font></td></tr>
                        </table>>]
                        \t1 -> 0
                        }
                        """);
    }

    @Test
    void escapesWhatHtmlWouldReadAsATag() {
        var table = new Table("all", List.of("<input function>", "a&b's"), List.of());
        assertThat(FileGraphText.dot(List.of("all"), List.of(table), List.of()))
                .contains(">&lt;input function&gt;<")
                .contains(">a&amp;b&#x27;s<");
    }
}
