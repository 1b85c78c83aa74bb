import { Route, Routes } from 'react-router-dom';
import { MatrixPage } from './MatrixPage/MatrixPage';
import { PromotionPage } from './PromotionPage/PromotionPage';
import { UnitPage } from './UnitPage/UnitPage';

/** The matrix, a unit, and a unit in an environment. */
export const UnitsRouter = () => (
  <Routes>
    <Route path="/" element={<MatrixPage />} />
    <Route path="/:unit" element={<UnitPage />} />
    <Route path="/:unit/:environment" element={<PromotionPage />} />
  </Routes>
);
