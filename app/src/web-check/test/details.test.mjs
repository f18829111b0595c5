import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Details } from "../../main/web/run/details.js";

/** What was asked of the server, as queries. */
let asked;
let answer;

beforeEach(() => {
  asked = [];
  answer = (query) => {
    const after = query.has("after") ? Number(query.get("after")) : -1;
    return Array.from({ length: Number(query.get("limit")) }, (_, i) => ({ row: after + 1 + i, job: `k${after + 1 + i}` }));
  };
  globalThis.fetch = async (path) => {
    const query = new URL(path, "http://localhost").searchParams;
    asked.push(query.toString());
    return Response.json({ jobs: answer(query), next: null });
  };
});

function details() {
  let news;
  const told = new Promise((resolve) => (news = resolve));
  const made = new Details("r", new AbortController().signal, () => made.under <= 1 && made.queue.length === 0 && setTimeout(news));
  return { made, told };
}

test("rows that are near to each other are asked for at once", async () => {
  const { made, told } = details();

  made.want([10, 11, 30]);
  await told;

  assert.deepEqual(asked, ["after=9&limit=21"]);
  assert.equal(made.of(30)?.job, "k30");
});

test("rows that stand far apart come with the filter that they pass, and the rest by themselves", async () => {
  const { made, told } = details();
  answer = (query) => (query.has("state") ? [{ row: 5, job: "k5" }, { row: 900, job: "k900" }] : [{ row: 5000, job: "k5000" }]);

  made.want([5, 900, 5000], { state: "failed", rule: "", q: "" });
  await told;

  assert.deepEqual(asked, ["after=4&limit=23&state=failed", "after=4999&limit=1"]);
  assert.equal(made.of(5000)?.job, "k5000");
});

test("what is known or under way is not asked for again, nor what the server does not have", async () => {
  const { made, told } = details();
  answer = () => [{ row: 1, job: "k1" }];

  made.want([1, 2]);
  made.want([1, 2]);
  await told;
  made.want([1, 2]);

  assert.deepEqual(asked, ["after=0&limit=2"]);
  made.clear();
  made.want([2]);
  assert.equal(asked.length, 2);
});
