package jp.kiban.demo;

import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.payment.Originators;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// 見本の振込依頼人. Gives each demonstration municipality a code and an account at a bank that does not exist, so that its first
/// pay run can be approved.
@Component
@Demo
class DemoOriginators implements ApplicationListener<ApplicationReadyEvent> {
    private final CardHolders holders;
    private final Originators originators;
    private final Authorities authorities;

    DemoOriginators(DemoHolders holders, Originators originators, Authorities authorities) {
        this.holders = holders;
        this.originators = originators;
        this.authorities = authorities;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        holders.all().stream().filter(h -> h.actor() instanceof Actor.Officer officer && officer.may(Role.TREASURY))
                .map(h -> ((Actor.Officer) h.actor()).authority()).distinct()
                .filter(authority -> !originators.isSet(authority))
                .forEach(authority -> originators.set(authority, "demo", "0000" + authority.code(),
                        authorities.get(authority).kana() + "カイケイカンリシャ", "0989", "ミホン", "001", "ホンテン", "1",
                        authority.code() + "1", false));
    }
}
