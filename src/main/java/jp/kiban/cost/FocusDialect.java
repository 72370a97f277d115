package jp.kiban.cost;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// 明細の方言. Whose words the headings are: the specification's, or a cloud's own bill from before it spoke FOCUS. A cloud's own bill is imported by
/// the columns that mean the same; it is no FOCUS file, and a check says so. Headings are compared by letters and digits only. Source of the pairs: the
/// FOCUS working group's published conversion rules.
enum FocusDialect {
    FOCUS(List.of()),
    /// AWS Cost and Usage Report, old (`lineItem/UnblendedCost`) and new (`line_item_unblended_cost`).
    AWS_BILL(List.of("lineitemunblendedcost", "lineitemusagestartdate"),
            "lineitemunblendedcost=BilledCost", "lineitemcurrencycode=BillingCurrency", "billpayeraccountid=BillingAccountId",
            "billbillingperiodstartdate=BillingPeriodStart", "billbillingperiodenddate=BillingPeriodEnd",
            "lineitemusagestartdate=ChargePeriodStart", "lineitemusageenddate=ChargePeriodEnd",
            "lineitemlineitemdescription=ChargeDescription", "lineitemusageamount=ConsumedQuantity", "pricingunit=ConsumedUnit",
            "lineitemproductcode=ServiceName", "lineitemusageaccountid=SubAccountId", "lineitemresourceid=ResourceId",
            "billinvoicingentity=InvoiceIssuerName", "lineitemlegalentity=PublisherName", "productregion=RegionId",
            "productsku=SkuId", "lineitemavailabilityzone=AvailabilityZone", "billinvoiceid=InvoiceId"),
    AZURE_BILL(List.of("costinbillingcurrency", "billingcurrencycode"),
            "costinbillingcurrency=BilledCost", "billingcurrencycode=BillingCurrency", "billingaccountid=BillingAccountId",
            "billingaccountname=BillingAccountName", "billingperiodstartdate=BillingPeriodStart",
            "billingperiodenddate=BillingPeriodEnd", "date=ChargePeriodStart", "productname=ChargeDescription",
            "quantity=ConsumedQuantity", "consumedservice=ServiceName", "subscriptionid=SubAccountId",
            "subscriptionname=SubAccountName", "resourceid=ResourceId", "resourcename=ResourceName",
            "resourcelocation=RegionId", "publishername=PublisherName", "benefitid=CommitmentDiscountId",
            "benefitname=CommitmentDiscountName", "tags=Tags", "availabilityzone=AvailabilityZone"),
    GOOGLE_BILL(List.of("billingaccountid", "usagestarttime", "cost"),
            "cost=BilledCost", "currency=BillingCurrency", "billingaccountid=BillingAccountId",
            "invoicemonth=BillingPeriodStart", "usagestarttime=ChargePeriodStart", "usageendtime=ChargePeriodEnd",
            "usageamount=ConsumedQuantity", "usageunit=ConsumedUnit", "servicedescription=ServiceName", "projectid=SubAccountId",
            "projectname=SubAccountName", "resourceglobalname=ResourceId", "resourcename=ResourceName",
            "locationregion=RegionId", "skuid=SkuId", "costatlist=ListCost", "sellername=PublisherName"),
    ORACLE_BILL(List.of("costmycost", "lineitemintervalusagestart"),
            "costmycost=BilledCost", "costcurrencycode=BillingCurrency", "costsubscriptionid=BillingAccountId",
            "lineitemintervalusagestart=ChargePeriodStart", "lineitemintervalusageend=ChargePeriodEnd",
            "productdescription=ChargeDescription", "usagebilledquantity=ConsumedQuantity",
            "costskuunitdescription=ConsumedUnit", "productservice=ServiceName", "lineitemtenantid=SubAccountId",
            "productcompartmentname=SubAccountName", "productresourceid=ResourceId", "productregion=RegionId",
            "costproductsku=SkuId", "productavailabilitydomain=AvailabilityZone");

    private final List<String> marks;
    private final Map<String, FocusColumn> columns;

    FocusDialect(List<String> marks, String... pairs) {
        this.marks = marks;
        columns = Arrays.stream(pairs).map(p -> p.split("=", 2)).collect(Collectors.toMap(p -> p[0], p -> FocusColumn.of(
                p[1]).orElseThrow(), (a, b) -> a, LinkedHashMap::new));
    }

    static FocusDialect of(List<String> headings) {
        var plain = headings.stream().map(FocusColumn::plain).collect(Collectors.toSet());
        if (plain.contains("billedcost") || plain.contains("effectivecost"))
            return FOCUS;
        return Arrays.stream(values()).filter(d -> !d.marks.isEmpty() && plain.containsAll(d.marks)).findFirst().orElse(
                FOCUS);
    }

    Optional<FocusColumn> column(String heading) {
        return this == FOCUS
                ? FocusColumn.loosely(heading)
                : Optional.ofNullable(columns.get(FocusColumn.plain(heading)));
    }

    /// How many of these headings are known in any dialect.
    static long known(List<String> headings) {
        var dialect = of(headings);
        return headings.stream().filter(h -> dialect.column(h).isPresent()).count();
    }
}
