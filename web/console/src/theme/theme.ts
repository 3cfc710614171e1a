/** Mantine dressed in the tokens of `tokens.css`. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { dialogPlace } from './dialog-place';

const accent: MantineColorsTuple = [
  '#e8f2fd', '#cfe2f8', '#9fc4f0', '#6ca5e8', '#5aa9f5', '#3a86dd', '#2470ce', '#0b57b0', '#094891', '#073a75',
];

/** Mantine's greys in the tint of our surfaces, lightest first. */
const dark: MantineColorsTuple = [
  '#e7ecf1', '#aab7c3', '#8494a3', '#6b7d8e', '#33414e', '#28333e', '#1e2730', '#151c23', '#0d1217', '#05080b',
];
const gray: MantineColorsTuple = [
  '#f4f6f9', '#e9eef3', '#dbe2e9', '#cbd4dd', '#aab7c3', '#8494a3', '#6a7887', '#5a6875', '#44525f', '#17212b',
];

export const theme = createTheme({
  fontFamily: 'var(--nz-font)',
  fontFamilyMonospace: 'ui-monospace, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontFamily: 'var(--nz-font)',
    fontWeight: '600',
    sizes: { h1: { fontSize: '24px' }, h2: { fontSize: '20px' }, h3: { fontSize: '16px' }, h4: { fontSize: '14px' } },
  },
  colors: { accent, dark, gray },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Only our own ring, drawn by global.css.
  focusClassName: 'nz-focus',
  components: {
    InputWrapper: { styles: { label: { marginBottom: 4 } } },
    Input: { styles: { input: { '--input-bd': 'var(--nz-control)', '--input-bg': 'var(--nz-field)' } } },
    Popover: { styles: { dropdown: { background: 'var(--nz-panel)', borderColor: 'var(--nz-divider)', boxShadow: 'var(--nz-shadow)' } } },
    SegmentedControl: { styles: { root: { background: 'var(--nz-raised)' }, indicator: { background: 'var(--nz-panel)' } } },
    // The first entry gets the focus, not a placeholder that is no entry of a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false }, styles: { dropdown: { background: 'var(--nz-panel)', borderColor: 'var(--nz-divider)', boxShadow: 'var(--nz-shadow)' } } },
    Portal: { defaultProps: { target: dialogPlace } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 140 } },
      styles: { content: { background: 'var(--nz-panel)' }, header: { background: 'var(--nz-panel)' }, title: { fontSize: '16px', fontWeight: 600 } },
    },
    Drawer: { styles: { content: { background: 'var(--nz-panel)' }, header: { background: 'var(--nz-panel)' } } },
    Alert: {
      styles: {
        root: { background: 'var(--nz-raised)', borderInlineStart: '3px solid var(--alert-color)' },
        message: { color: 'var(--nz-text)' },
      },
    },
    Button: { styles: { label: { fontWeight: 550 } } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--nz-canvas)',
  '--mantine-color-text': 'var(--nz-text)',
  '--mantine-color-dimmed': 'var(--nz-text-3)',
  '--mantine-color-placeholder': 'var(--nz-text-3)',
  '--mantine-color-anchor': 'var(--nz-accent)',
  '--mantine-color-error': 'var(--nz-alarm)',
  '--mantine-color-default': 'var(--nz-panel)',
  '--mantine-color-default-hover': 'var(--nz-raised)',
  '--mantine-color-default-color': 'var(--nz-text)',
  '--mantine-color-default-border': 'var(--nz-control)',
  '--mantine-primary-color-filled': 'var(--nz-accent-fill)',
  '--mantine-primary-color-light-color': 'var(--nz-accent)',
  '--mantine-color-red-light-color': 'var(--nz-alarm)',
  '--mantine-color-red-filled': 'var(--nz-alarm-fill)',
  '--mantine-color-yellow-light-color': 'var(--nz-warning)',
  '--mantine-color-accent-light-color': 'var(--nz-accent)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
