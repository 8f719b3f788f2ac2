import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  createTheme,
  Menu,
  Modal,
  NativeSelect,
  SegmentedControl,
  Select,
  TagsInput,
  TextInput,
  Tooltip,
} from '@mantine/core';

const family = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** Mantine tuned to the window's density: three text sizes, small radii, quiet motion. */
export const theme = createTheme({
  fontFamily: family,
  headings: { fontFamily: family, fontWeight: '600' },
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: false,
  respectReducedMotion: true,
  cursorType: 'default',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '16px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  colors: {
    dark: [
      '#e8eaee',
      '#b1b6c1',
      '#959ba8',
      '#6c727e',
      '#454a55',
      '#363a43',
      '#272a31',
      '#1f2126',
      '#191b1f',
      '#131518',
    ],
  },
  components: {
    Autocomplete: Autocomplete.extend({ defaultProps: { size: 'xs' } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 4 } }),
    // The placeholder is an element without a role in a menu, which a screen reader may not meet there.
    Menu: Menu.extend({
      defaultProps: { transitionProps: { duration: 100 }, shadow: 'md', withInitialFocusPlaceholder: false },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.35 },
        centered: true,
        radius: 8,
      },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 120 } }),
    Select: Select.extend({ defaultProps: { size: 'xs' } }),
    TagsInput: TagsInput.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 80 }, position: 'bottom' },
    }),
  },
});
