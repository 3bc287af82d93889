
"use strict";
(function () {
  const film = JSON.parse(document.getElementById("film").textContent);
  const count = film.times.length;
  const find = (id) => document.getElementById(id);
  const track = find("track"), play = find("play"), back = find("back"), forth = find("forth"), items = find("items");
  const follow = find("follow");
  const due = [0];
  for (let at = 1; at < count; at++) {
    due.push(due[at - 1] + Math.min(film.times[at] - film.times[at - 1], film.pause));
  }
  const shown = film.layers.map((seen) => (seen.length ? seen[seen.length - 1][1] : -1));
  let index = count, timer = 0, chosen = -1, since = 0;

  /* The last pair of a list that begins at or before a moment; null before the first. */
  function latest(pairs, moment) {
    let low = 0, high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[middle][0] <= moment) { low = middle + 1; } else { high = middle; }
    }
    return low ? pairs[low - 1] : null;
  }

  function show(to) {
    index = Math.max(0, Math.min(count, to));
    film.layers.forEach((seen, layer) => {
      const pair = latest(seen, index), place = pair ? pair[1] : -1;
      if (place === shown[layer]) { return; }
      if (shown[layer] >= 0) { find("l" + layer + "d" + shown[layer]).setAttribute("display", "none"); }
      if (place >= 0) { find("l" + layer + "d" + place).removeAttribute("display"); }
      shown[layer] = place;
    });
    track.value = index;
    const past = index ? film.times[index - 1] : 0;
    const clock = count ? new Date(film.began + past).toISOString().slice(11, 19) + " UTC" : "";
    find("time").textContent = clock + ", " + (past / 1000).toFixed(1) + " s";
    find("said").textContent = index ? film.said[index - 1] : film.words.before;
    back.disabled = index === 0;
    forth.disabled = index === count;
    document.body.dataset.index = index;
    const [step, path] = index ? film.about[index - 1] : [-1, ""];
    if (follow.checked && step >= 0) { choose(step, path); } else { tell(); }
  }

  function tell() {
    if (chosen < 0) { return; }
    const step = film.steps[chosen];
    const pair = latest(film.cards[items.value] || [], index);
    find("step").textContent = step.title;
    find("state").textContent = pair ? pair[1] : film.words.nothing;
    find("attempts").replaceChildren(...(pair ? pair[2] : []).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    find("given").textContent = pair && pair[3] >= 0 ? film.values[pair[3]] : "";
    find("made").textContent = pair && pair[4] >= 0 ? film.values[pair[4]] : "";
  }

  function choose(step, path) {
    if (step !== chosen) {
      if (chosen >= 0) { find("s" + chosen).classList.remove("chosen"); }
      chosen = step;
      find("s" + step).classList.add("chosen");
      items.replaceChildren(...film.steps[step].paths.map((one) => new Option(film.labels[one] || one, one)));
      find("items-label").hidden = film.steps[step].paths.length < 2;
    }
    if (path) { items.value = path; }
    tell();
  }

  /* A step that a person chose stays chosen. */
  function pick(step) {
    follow.checked = false;
    choose(step, "");
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    play.textContent = film.words.play;
  }

  function frame() {
    const now = performance.now(), spent = (now - since) * Number(find("speed").value);
    const at = index ? due[index - 1] : 0;
    let to = index;
    while (to < count && due[to] <= at + spent) { to++; }
    if (to !== index) {
      since = now;
      show(to);
    }
    if (index === count) { pause(); }
  }

  function toggle() {
    if (timer) { pause(); return; }
    if (index === count) { show(0); }
    since = performance.now();
    play.textContent = film.words.pause;
    timer = setInterval(frame, 33);
  }

  /* To the next moment at which something happened, or to the one before. */
  function step(by) {
    pause();
    let to = index + by;
    while (to > 0 && to < count && film.times[to] === film.times[to - 1]) { to += by; }
    show(to);
  }

  track.addEventListener("input", () => { pause(); show(Number(track.value)); });
  play.addEventListener("click", toggle);
  back.addEventListener("click", () => step(-1));
  forth.addEventListener("click", () => step(1));
  items.addEventListener("change", () => { follow.checked = false; tell(); });
  film.steps.forEach((one, number) => {
    const rect = find("s" + number);
    rect.setAttribute("aria-label", one.title);
    rect.addEventListener("click", () => pick(number));
    rect.addEventListener("keydown", (event) => { if (event.key === "Enter") { pick(number); } });
  });
  document.addEventListener("keydown", (event) => {
    if (["INPUT", "SELECT", "BUTTON"].includes(event.target.tagName)) { return; }
    const acts = { " ": toggle, ",": () => step(-1), ".": () => step(1), Home: () => show(0), End: () => show(count) };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });

  /* x.html#event=12 opens at that event, x.html#play=4 plays at that speed. */
  const asked = new URLSearchParams(location.hash.slice(1));
  show(asked.has("event") ? Number(asked.get("event")) || 0 : count);
  if (film.steps.length && chosen < 0) { choose(0, ""); }
  if (asked.has("play")) {
    const speed = find("speed");
    speed.value = asked.get("play");
    if (!speed.value) { speed.value = "1"; }
    show(0);
    toggle();
  }
})();
