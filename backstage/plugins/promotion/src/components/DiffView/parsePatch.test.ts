import { parsePatch } from './parsePatch';

const PATCH = `diff --git a/prod-eu/deployment-checkout.yaml b/prod-eu/deployment-checkout.yaml
index 111..222 100644
--- a/prod-eu/deployment-checkout.yaml
+++ b/prod-eu/deployment-checkout.yaml
@@ -1,3 +1,3 @@
 kind: Deployment
-  replicas: 1
+  replicas: 2
--- not a header but a removed line
diff --git a/prod-eu/new.yaml b/prod-eu/new.yaml
new file mode 100644
index 000..333
--- /dev/null
+++ b/prod-eu/new.yaml
@@ -0,0 +1 @@
+<script>alert(1)</script>
diff --git a/prod-eu/old.yaml b/prod-eu/old.yaml
deleted file mode 100644
--- a/prod-eu/old.yaml
+++ /dev/null
@@ -1 +0,0 @@
-gone: true
`;

describe('parsePatch', () => {
  it('splits a patch into files and counts their lines', () => {
    expect(
      parsePatch(PATCH).map(({ path, change, added, removed }) => [path, change, added, removed]),
    ).toEqual([
      ['prod-eu/deployment-checkout.yaml', 'changed', 1, 2],
      ['prod-eu/new.yaml', 'added', 1, 0],
      ['prod-eu/old.yaml', 'removed', 0, 1],
    ]);
  });

  it('keeps text as it is', () => {
    expect(parsePatch(PATCH)[1].lines.at(-1)).toEqual({
      kind: 'added',
      text: '<script>alert(1)</script>',
    });
  });

  it('finds nothing in an empty patch', () => {
    expect(parsePatch('')).toEqual([]);
  });
});
