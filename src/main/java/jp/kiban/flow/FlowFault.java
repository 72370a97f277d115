package jp.kiban.flow;

/// 流れの誤り. One thing wrong in a diagram: the line, what was seen, and a way to mend it.
public record FlowFault(int line, String what, String mend) {
    @Override
    public String toString() { return line + ": " + what + " → " + mend; }
}
