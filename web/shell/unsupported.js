// For browsers without JavaScript modules, which have none of what Backstep needs either. Old syntax on purpose.
document.addEventListener('DOMContentLoaded', function () {
  var status = document.querySelector('[data-backstep="status"]');
  status.textContent = 'This browser is too old for Backstep. Any browser of 2023 or later will do.';
});
