import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// a busy machine is slow, not wrong
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
