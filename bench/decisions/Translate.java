import com.gs.dmn.dialect.JavaTimeDMNDialectDefinition;
import com.gs.dmn.log.NopBuildLogger;
import com.gs.dmn.serialization.DefaultTypeDeserializationConfigurer;
import com.gs.dmn.transformation.InputParameters;
import com.gs.dmn.transformation.NopDMNTransformer;
import com.gs.dmn.transformation.lazy.NopLazyEvaluationDetector;
import com.gs.dmn.transformation.template.TreeTemplateProvider;
import com.gs.dmn.validation.NopDMNValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Rewords the DMN of the dog registration so that jDMN 9 can translate it, and translates it to Java. What is reworded: jDMN wants types, so that 申請, 値
/// and the results of decisions get item definitions instead of `Any`; the list `results` of values of several types becomes two entries, `dueBy` and `fee`;
/// annotations are left out, for jDMN reads them as FEEL. Expressions, tables and rules stay as they are.
public class Translate {
    private static final String TYPES = """
              <itemDefinition name="tDog"><itemComponent name="birthDate"><typeRef>string</typeRef></itemComponent><itemComponent name="acquired"><typeRef>string</typeRef></itemComponent><itemComponent name="here"><typeRef>boolean</typeRef></itemComponent><itemComponent name="chip"><typeRef>boolean</typeRef></itemComponent></itemDefinition>
              <itemDefinition name="tAnswers"><itemComponent name="dog"><typeRef>tDog</typeRef></itemComponent></itemDefinition>
              <itemDefinition name="tValues"><itemComponent name="puppyDays"><typeRef>number</typeRef></itemComponent><itemComponent name="dueDays"><typeRef>number</typeRef></itemComponent><itemComponent name="chipScheme"><typeRef>boolean</typeRef></itemComponent><itemComponent name="fee"><typeRef>number</typeRef></itemComponent></itemDefinition>
              <itemDefinition name="tOutcome"><itemComponent name="結論"><typeRef>string</typeRef></itemComponent><itemComponent name="理由"><typeRef>string</typeRef></itemComponent></itemDefinition>
              <itemDefinition name="tTime"><itemComponent name="遅れ"><typeRef>boolean</typeRef></itemComponent><itemComponent name="理由"><typeRef>string</typeRef></itemComponent></itemDefinition>
              <itemDefinition name="tJudgement"><itemComponent name="outcome"><typeRef>string</typeRef></itemComponent><itemComponent name="reasons" isCollection="true"><typeRef>string</typeRef></itemComponent><itemComponent name="dueBy"><typeRef>date</typeRef></itemComponent><itemComponent name="fee"><typeRef>number</typeRef></itemComponent></itemDefinition>
            """;
    private static final String RESULTS = """
            <contextEntry><variable name="dueBy" typeRef="date"/><literalExpression id="e-9"><text>if 結論.結論 = "GRANT" then 期限 else null</text></literalExpression></contextEntry>
            <contextEntry><variable name="fee" typeRef="number"/><literalExpression id="e-10"><text>if 結論.結論 = "GRANT" then 値.fee else null</text></literalExpression></contextEntry>
            """;

    public static void main(String[] places) throws IOException {
        var dmn = Files.readString(Path.of(places[0]));
        for (var type : Map.of("申請", "tAnswers", "値", "tValues", "結論", "tOutcome", "申請の時期", "tTime", "判定", "tJudgement")
                .entrySet())
            dmn = dmn.replace("<variable name=\"" + type.getKey() + "\" typeRef=\"Any\"/>", "<variable name=\"" + type
                    .getKey() + "\" typeRef=\"" + type.getValue() + "\"/>");
        int from = dmn.indexOf("<contextEntry><variable name=\"results\"");
        int to = dmn.indexOf("</contextEntry>", from) + "</contextEntry>".length();
        dmn = (dmn.substring(0, from) + RESULTS + dmn.substring(to)).replaceAll(
                "\\s*<annotationEntry>.*?</annotationEntry>", "").replaceAll("\\s*<annotation name=\"[^\"]*\"/>", "")
                .replaceFirst("(?=\\s*<inputData )", TYPES);
        var reworded = Files.writeString(Path.of(places[1]).resolve("dog.dmn"), dmn);
        var parameters = Map.of("dmnVersion", "1.5", "modelVersion", "1", "platformVersion", "1", "javaRootPackage",
                "dog");
        new JavaTimeDMNDialectDefinition().createDMNToNativeTransformer(new NopDMNValidator(),
                new NopDMNTransformer<>(), new TreeTemplateProvider(), new NopLazyEvaluationDetector(),
                new DefaultTypeDeserializationConfigurer(), new InputParameters(parameters), new NopBuildLogger())
                .transform(reworded, Path.of(places[1]).resolve("java"));
    }
}
