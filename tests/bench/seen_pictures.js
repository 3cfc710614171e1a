// Runs in every page before its own scripts: notes when each picture is shown, with its time code unread.
(() => {
  const WIDTH = 360;
  const ROWS = 10; // two rows of blocks, each 5 pixels high
  const CODE_SHARE = 2 / 45; // of the picture's height; see recorder/simcam/timecode.py
  const brush = new OffscreenCanvas(WIDTH, ROWS).getContext('2d', { willReadFrequently: true });
  const bench = { seen: [], acted_ms: 0, videos: 0 };
  window.nazarBench = bench;

  function note(kind, id, at_ms, source, width, height) {
    brush.drawImage(source, 0, height * (1 - CODE_SHARE), width, height * CODE_SHARE, 0, 0, WIDTH, ROWS);
    const { data } = brush.getImageData(0, 0, WIDTH, ROWS);
    let strip = '';
    for (let at = 1; at < data.length; at += 4) strip += String.fromCharCode(data[at]);
    bench.seen.push({ kind, id, at_ms, strip: btoa(strip) });
  }

  const known = new WeakSet();
  function watch(video) {
    if (known.has(video)) return;
    known.add(video);
    const id = (bench.videos += 1);
    const shown = () => {
      const at_ms = Date.now();
      if (video.videoWidth > 0) note('video', id, at_ms, video, video.videoWidth, video.videoHeight);
      video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  }
  const look = () => document.querySelectorAll('video').forEach(watch);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });

  // Stills are painted on a canvas of the page; ours above is of another kind.
  const paint = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (source, ...rest) {
    paint.call(this, source, ...rest);
    if (source instanceof ImageBitmap) note('still', 0, Date.now(), source, source.width, source.height);
  };

  const acted = () => (bench.acted_ms = Date.now());
  document.addEventListener('click', acted, true);
  document.addEventListener('submit', acted, true);
})();
