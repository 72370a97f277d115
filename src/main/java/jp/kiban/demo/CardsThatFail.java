package jp.kiban.demo;

import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Component;

/// 使えない見本カード. Cards with which the refusals can be tried: they look like any other until they are used.
@Demo
@Component
class CardsThatFail implements CardHolders {
    private static final Actor SOMEBODY = new Actor.Resident(AuthorityId.of("242012"), PersonId.of("9999999901"));

    @Override
    public List<CardHolder> all() {
        return List.of(
                new CardHolder("revoked", "失効したカード", new Text("紛失届が出て、使えなくなったカードです。サインインは断られます。",
                        "なくしたと 届（とど）けが 出（で）た カードです。サインインは できません。",
                        "Reported lost, so it was revoked. Signing in is refused."), "1234", SOMEBODY,
                        CardHolder.Condition.REVOKED),
                new CardHolder("expired", "期限切れのカード", new Text("電子証明書の有効期間が過ぎたカードです。サインインは断られます。",
                        "期限（きげん）が 終（お）わった カードです。サインインは できません。",
                        "Its certificate has expired. Signing in is refused."), "1234", SOMEBODY,
                        CardHolder.Condition.EXPIRED),
                new CardHolder("wrong-ca", "偽のカード", new Text("本物と同じ名前の、別の認証局が作ったカードです。サインインは断られます。",
                        "本物（ほんもの）では ない カードです。サインインは できません。",
                        "Made by another authority of the same name. Signing in is refused."), "1234", SOMEBODY,
                        CardHolder.Condition.WRONG_CA));
    }
}
