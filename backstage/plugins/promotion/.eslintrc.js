module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // what is exported comes first, what it is made of below
    '@typescript-eslint/no-use-before-define': [
      'error',
      { functions: false, classes: false, variables: false },
    ],
  },
});
