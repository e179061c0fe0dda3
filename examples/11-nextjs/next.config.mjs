import { withArc } from 'arc/next';

export default withArc({});
