/* How cells of the grid are drawn: the decision number leads to its case, as a real link a keyboard reaches. */
window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
window.dashAgGridComponentFunctions.CaseLink = (props) =>
  props.data ? window.React.createElement("a", { href: `/cases/${encodeURIComponent(props.data.id)}` }, props.value) : null;
