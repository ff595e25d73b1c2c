// Follows the colours of the system, as Keycloak's own pages do; without it the page is light.
const dark = document.documentElement.dataset.dark;
const system = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle(dark, system.matches);
follow();
system.addEventListener("change", follow);
