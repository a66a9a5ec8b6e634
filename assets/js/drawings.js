// Pointing at a place on a drawing fills the two fields of the form. Without it the fields are typed.
"use strict";
(() => {
  const form = document.querySelector("form[data-mark]");
  const drawing = document.querySelector("svg.drawing");
  if (!form || !drawing) return;
  const field = (name) => form.elements.namedItem(name);
  const said = form.querySelector("[data-said]");
  const cross = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of Object.entries({ r: 12, fill: "none", stroke: "#d54309", "stroke-width": 4 })) cross.setAttribute(name, value);
  form.querySelector("[data-pointing]").hidden = false;
  drawing.classList.add("drawing--pointed");

  function show() {
    const box = drawing.viewBox.baseVal;
    if (!field("x").value || !field("y").value) return;
    cross.setAttribute("cx", (Number(field("x").value) / 100) * box.width);
    cross.setAttribute("cy", (Number(field("y").value) / 100) * box.height);
    drawing.append(cross);
  }

  drawing.addEventListener("click", (event) => {
    const box = drawing.getBoundingClientRect();
    const part = (value) => Math.min(100, Math.max(0, value * 100)).toFixed(1);
    field("x").value = part((event.clientX - box.left) / box.width);
    field("y").value = part((event.clientY - box.top) / box.height);
    said.textContent = `${form.dataset.pointed} (${field("x").value} %, ${field("y").value} %)`;
    show();
  });
  for (const name of ["x", "y"]) field(name).addEventListener("input", show);
  show();
})();
