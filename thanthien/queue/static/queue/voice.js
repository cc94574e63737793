// Reads calls out, one after the other, without the internet: by the browser's own Vietnamese voice, by syllables that
// were made when the house was built, or by a chime alone (data-voice). Sound is never the only sign.
(function () {
  "use strict";

  const board = document.querySelector("[data-voice]");
  if (!board) return;
  const button = document.querySelector("[data-sound-on]");
  const FRESH = 120000; // milliseconds: what was called longer ago is shown, not read out
  const waiting = [];
  const said = new Set();
  let busy = false;
  let context = null;

  function chime() {
    return new Promise(function (done) {
      if (!context || context.state !== "running") return done();
      [660, 880].forEach(function (pitch, place) {
        const tone = context.createOscillator();
        const loud = context.createGain();
        tone.frequency.value = pitch;
        loud.gain.setValueAtTime(0.25, context.currentTime + place * 0.25);
        loud.gain.exponentialRampToValueAtTime(0.001, context.currentTime + place * 0.25 + 0.4);
        tone.connect(loud).connect(context.destination);
        tone.start(context.currentTime + place * 0.25);
        tone.stop(context.currentTime + place * 0.25 + 0.4);
      });
      setTimeout(done, 750);
    });
  }

  function speak(words) {
    return new Promise(function (done) {
      const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
      const voice = voices.find(function (one) {
        return one.lang.toLowerCase().startsWith("vi");
      });
      if (!voice) return done();
      const speech = new SpeechSynthesisUtterance(words.join(" "));
      speech.voice = voice;
      speech.lang = "vi-VN";
      speech.rate = 0.9;
      speech.onend = speech.onerror = done;
      speechSynthesis.speak(speech);
    });
  }

  function syllable(file) {
    return new Promise(function (done) {
      const sound = new Audio(board.dataset.sounds + file + ".wav");
      sound.onended = sound.onerror = done;
      sound.play().catch(done);
    });
  }

  async function read(call) {
    await chime();
    if (board.dataset.voice === "browser") await speak(call.say);
    if (board.dataset.voice === "syllables") for (const file of call.files) await syllable(file);
  }

  async function readAll() {
    if (busy) return;
    busy = true;
    while (waiting.length) await read(waiting.shift());
    busy = false;
  }

  function hear(call) {
    if (!call || !call.say || said.has(call.id) || Date.now() - Date.parse(call.at) > FRESH) return;
    said.add(call.id);
    waiting.push(call);
    readAll();
  }

  async function wake() {
    context = context || new AudioContext();
    await context.resume();
    if (button) button.hidden = context.state === "running";
  }

  board.addEventListener("thanthien:state", function (event) {
    if (event.detail.fact) hear(event.detail.fact.call);
    (event.detail.missed || []).forEach(function (fact) {
      hear(fact.call);
    });
  });

  document.addEventListener("thanthien:read", function (event) {
    wake().then(function () {
      read(event.detail);
    });
  });

  if (button) {
    button.hidden = false;
    button.addEventListener("click", wake);
    // A board whose browser was allowed to sound by itself needs no hand.
    Promise.race([wake(), new Promise(function (done) { setTimeout(done, 500); })]);
  }
})();
