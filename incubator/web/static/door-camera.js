// The camera at the door of a session: what it reads is told to the page as an event `code-read`, and why it cannot
// be used as `camera-trouble`. Where the browser reads codes by itself it does so; elsewhere jsqr.min.js does.
"use strict";

(() => {
  const button = document.getElementById("camera");
  const video = document.getElementById("view");
  const words = { start: button.textContent, stop: button.dataset.stop };
  const EVERY = 200; // milliseconds between two looks
  const AGAIN = 4000; // for so long a ticket that stays before the camera counts once
  const WIDEST = 640; // pixels: enough for a code at arm's length, and quick on a slow tablet
  const surface = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  if (!navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  button.addEventListener("click", () => (video.hidden ? start() : stop()));

  async function start() {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch {
      document.dispatchEvent(new CustomEvent("camera-trouble"));
      return;
    }
    show(true);
    await video.play();
    watch(await reader());
  }

  function stop() {
    for (const track of video.srcObject?.getTracks() || []) track.stop();
    video.srcObject = null;
    show(false);
  }

  function show(on) {
    video.hidden = !on;
    button.textContent = on ? words.stop : words.start;
  }

  function watch(read) {
    let last = "";
    let until = 0;
    const look = async () => {
      if (video.hidden) return;
      const code = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await read() : "";
      if (code && (code !== last || Date.now() > until)) document.dispatchEvent(new CustomEvent("code-read", { detail: code }));
      if (code) [last, until] = [code, Date.now() + AGAIN];
      setTimeout(look, EVERY);
    };
    look();
  }

  async function reader() {
    const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
    if (!formats.includes("qr_code")) return fromPixels;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue || "";
  }

  function fromPixels() {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.round(side * scale));
    surface.canvas.width = width;
    surface.canvas.height = height;
    surface.drawImage(video, 0, 0, width, height);
    return jsQR(surface.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: "dontInvert" })?.data || "";
  }
})();
