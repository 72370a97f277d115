package jp.kiban.cost;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// FOCUS の列. The columns of the FinOps Open Cost and Usage Specification by the version that brought them, and what a cell of each holds.
/// A file says its version by the newest column it has.
enum FocusColumn {
    AVAILABILITY_ZONE("AvailabilityZone", Kind.TEXT, Version.V1_0),
    BILLED_COST("BilledCost", Kind.NUMBER, Version.V1_0),
    BILLING_ACCOUNT_ID("BillingAccountId", Kind.TEXT, Version.V1_0),
    BILLING_ACCOUNT_NAME("BillingAccountName", Kind.TEXT, Version.V1_0),
    BILLING_CURRENCY("BillingCurrency", Kind.TEXT, Version.V1_0),
    BILLING_PERIOD_END("BillingPeriodEnd", Kind.TIME, Version.V1_0),
    BILLING_PERIOD_START("BillingPeriodStart", Kind.TIME, Version.V1_0),
    CHARGE_CATEGORY("ChargeCategory", Kind.TEXT, Version.V1_0),
    CHARGE_CLASS("ChargeClass", Kind.TEXT, Version.V1_0),
    CHARGE_DESCRIPTION("ChargeDescription", Kind.TEXT, Version.V1_0),
    CHARGE_FREQUENCY("ChargeFrequency", Kind.TEXT, Version.V1_0),
    CHARGE_PERIOD_END("ChargePeriodEnd", Kind.TIME, Version.V1_0),
    CHARGE_PERIOD_START("ChargePeriodStart", Kind.TIME, Version.V1_0),
    COMMITMENT_DISCOUNT_CATEGORY("CommitmentDiscountCategory", Kind.TEXT, Version.V1_0),
    COMMITMENT_DISCOUNT_ID("CommitmentDiscountId", Kind.TEXT, Version.V1_0),
    COMMITMENT_DISCOUNT_NAME("CommitmentDiscountName", Kind.TEXT, Version.V1_0),
    COMMITMENT_DISCOUNT_STATUS("CommitmentDiscountStatus", Kind.TEXT, Version.V1_0),
    COMMITMENT_DISCOUNT_TYPE("CommitmentDiscountType", Kind.TEXT, Version.V1_0),
    CONSUMED_QUANTITY("ConsumedQuantity", Kind.NUMBER, Version.V1_0),
    CONSUMED_UNIT("ConsumedUnit", Kind.TEXT, Version.V1_0),
    CONTRACTED_COST("ContractedCost", Kind.NUMBER, Version.V1_0),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", Kind.NUMBER, Version.V1_0),
    EFFECTIVE_COST("EffectiveCost", Kind.NUMBER, Version.V1_0),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", Kind.TEXT, Version.V1_0),
    LIST_COST("ListCost", Kind.NUMBER, Version.V1_0),
    LIST_UNIT_PRICE("ListUnitPrice", Kind.NUMBER, Version.V1_0),
    PRICING_CATEGORY("PricingCategory", Kind.TEXT, Version.V1_0),
    PRICING_QUANTITY("PricingQuantity", Kind.NUMBER, Version.V1_0),
    PRICING_UNIT("PricingUnit", Kind.TEXT, Version.V1_0),
    PROVIDER_NAME("ProviderName", Kind.TEXT, Version.V1_0),
    PUBLISHER_NAME("PublisherName", Kind.TEXT, Version.V1_0),
    REGION_ID("RegionId", Kind.TEXT, Version.V1_0),
    REGION_NAME("RegionName", Kind.TEXT, Version.V1_0),
    RESOURCE_ID("ResourceId", Kind.TEXT, Version.V1_0),
    RESOURCE_NAME("ResourceName", Kind.TEXT, Version.V1_0),
    RESOURCE_TYPE("ResourceType", Kind.TEXT, Version.V1_0),
    SERVICE_CATEGORY("ServiceCategory", Kind.TEXT, Version.V1_0),
    SERVICE_NAME("ServiceName", Kind.TEXT, Version.V1_0),
    SKU_ID("SkuId", Kind.TEXT, Version.V1_0),
    SKU_PRICE_ID("SkuPriceId", Kind.TEXT, Version.V1_0),
    SUB_ACCOUNT_ID("SubAccountId", Kind.TEXT, Version.V1_0),
    SUB_ACCOUNT_NAME("SubAccountName", Kind.TEXT, Version.V1_0),
    TAGS("Tags", Kind.KEYS, Version.V1_0),
    CAPACITY_RESERVATION_ID("CapacityReservationId", Kind.TEXT, Version.V1_1),
    CAPACITY_RESERVATION_STATUS("CapacityReservationStatus", Kind.TEXT, Version.V1_1),
    COMMITMENT_DISCOUNT_QUANTITY("CommitmentDiscountQuantity", Kind.NUMBER, Version.V1_1),
    COMMITMENT_DISCOUNT_UNIT("CommitmentDiscountUnit", Kind.TEXT, Version.V1_1),
    SERVICE_SUBCATEGORY("ServiceSubcategory", Kind.TEXT, Version.V1_1),
    SKU_METER("SkuMeter", Kind.TEXT, Version.V1_1),
    SKU_PRICE_DETAILS("SkuPriceDetails", Kind.KEYS, Version.V1_1),
    BILLING_ACCOUNT_TYPE("BillingAccountType", Kind.TEXT, Version.V1_2),
    INVOICE_ID("InvoiceId", Kind.TEXT, Version.V1_2),
    PRICING_CURRENCY("PricingCurrency", Kind.TEXT, Version.V1_2),
    PRICING_CURRENCY_CONTRACTED_UNIT_PRICE("PricingCurrencyContractedUnitPrice", Kind.NUMBER, Version.V1_2),
    PRICING_CURRENCY_EFFECTIVE_COST("PricingCurrencyEffectiveCost", Kind.NUMBER, Version.V1_2),
    PRICING_CURRENCY_LIST_UNIT_PRICE("PricingCurrencyListUnitPrice", Kind.NUMBER, Version.V1_2),
    SUB_ACCOUNT_TYPE("SubAccountType", Kind.TEXT, Version.V1_2),
    ALLOCATED_METHOD_DETAILS("AllocatedMethodDetails", Kind.KEYS, Version.V1_3),
    ALLOCATED_METHOD_ID("AllocatedMethodId", Kind.TEXT, Version.V1_3),
    ALLOCATED_RESOURCE_ID("AllocatedResourceId", Kind.TEXT, Version.V1_3),
    ALLOCATED_RESOURCE_NAME("AllocatedResourceName", Kind.TEXT, Version.V1_3),
    ALLOCATED_TAGS("AllocatedTags", Kind.KEYS, Version.V1_3),
    CONTRACT_APPLIED("ContractApplied", Kind.KEYS, Version.V1_3),
    HOST_PROVIDER_NAME("HostProviderName", Kind.TEXT, Version.V1_3),
    SERVICE_PROVIDER_NAME("ServiceProviderName", Kind.TEXT, Version.V1_3);

    /// What a cell holds: words, an exact number, a moment, or keys with values as JSON.
    enum Kind {
        TEXT, NUMBER, TIME, KEYS
    }

    enum Version {
        V1_0("1.0"), V1_1("1.1"), V1_2("1.2"), V1_3("1.3");

        private final String id;

        Version(String id) { this.id = id; }

        String id() { return id; }

        static Optional<Version> of(String id) {
            return Arrays.stream(values()).filter(v -> v.id.equals(id)).findFirst();
        }
    }

    private static final Map<String, FocusColumn> EXACT = Arrays.stream(values()).collect(Collectors.toMap(
            FocusColumn::id, Function.identity()));
    private static final Map<String, FocusColumn> LOOSE = Arrays.stream(values()).collect(Collectors.toMap(
            c -> plain(c.id), Function.identity()));

    private final String id;
    private final Kind kind;
    private final Version since;

    FocusColumn(String id, Kind kind, Version since) {
        this.id = id;
        this.kind = kind;
        this.since = since;
    }

    String id() { return id; }

    Kind kind() { return kind; }

    Version since() { return since; }

    static Optional<FocusColumn> of(String name) { return Optional.ofNullable(EXACT.get(name)); }

    /// The same name written otherwise: `billed_cost`, `Billed Cost`, `BILLEDCOST`.
    static Optional<FocusColumn> loosely(String name) { return Optional.ofNullable(LOOSE.get(plain(name))); }

    /// The newest version any of these came with; empty when there are none.
    static Optional<Version> newest(Collection<FocusColumn> columns) {
        return columns.stream().map(FocusColumn::since).max(Enum::compareTo);
    }

    static Set<FocusColumn> of(Version version) {
        return Arrays.stream(values()).filter(c -> c.since.compareTo(version) <= 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FocusColumn.class)));
    }

    /// A heading in plain letters: lower case, letters and digits only.
    static String plain(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
