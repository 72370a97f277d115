package jp.kiban.portal;

import jp.kiban.kernel.Text;

/// 入口の数字. One live figure of the whole, shown on the first page to anyone; so it must say nothing about few people.
public interface HomeFigure {
    int order();

    Text label();

    /// The figure, ready to read: `1,741`, `12,345円`, `48秒` as a text in the three languages.
    Text value();
}
