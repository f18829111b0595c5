package dev.sluice.engine.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The fewest decimal digits that give a double back, without trailing zeros: {@code d.ddd ×
 * 10^exponent}. Java's own text never has fewer than two digits, and for the smallest numbers picks
 * other ones than Python for that.
 */
record ShortestDigits(String digits, int exponent) {

    static ShortestDigits of(double positive) {
        BigDecimal decimal = new BigDecimal(Double.toString(positive)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal exact = new BigDecimal(positive);
            BigDecimal single = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
            if (single.doubleValue() == positive) {
                decimal = single.stripTrailingZeros();
            }
        }
        String digits = decimal.unscaledValue().toString();
        return new ShortestDigits(digits, digits.length() - 1 - decimal.scale());
    }
}
