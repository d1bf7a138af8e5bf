import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.Session;
import io.trino.plugin.memory.MemoryConnectorFactory;
import io.trino.spi.TrinoException;
import io.trino.spi.type.*;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.MaterializedRow;
import io.trino.testing.TestingSession;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;

/** Runs SQL on a Trino of its own: a JSON string a line in, what Trino answers as a JSON object a line out. */
public class TrinoPeer
{
    public static void main(String[] arguments)
            throws Exception
    {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Session session = TestingSession.testSessionBuilder()
                .setCatalog("awsdatacatalog")
                .setSchema("default")
                .setTimeZoneKey(TimeZoneKey.UTC_KEY)
                .build();
        ObjectMapper json = new ObjectMapper();
        try (LocalQueryRunner runner = LocalQueryRunner.create(session)) {
            runner.createCatalog("awsdatacatalog", new MemoryConnectorFactory(), Map.of());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(json.writeValueAsString(answer(runner, json.readValue(line, String.class))));
            }
        }
        System.exit(0);
    }

    private static Map<String, Object> answer(LocalQueryRunner runner, String sql)
    {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            MaterializedResult result = runner.execute(sql);
            List<? extends Type> types = result.getTypes();
            answer.put("columns", result.getColumnNames());
            answer.put("types", types.stream().map(Type::getDisplayName).collect(Collectors.toList()));
            answer.put("rows", result.getMaterializedRows().stream().map(row -> texts(row, types)).collect(Collectors.toList()));
        }
        catch (TrinoException error) {
            answer.put("error", error.getErrorCode().getName() + ": " + error.getMessage());
        }
        catch (io.trino.sql.parser.ParsingException error) {
            answer.put("error", "SYNTAX_ERROR: " + error.getMessage());
        }
        catch (Throwable error) {
            answer.put("error", "GENERIC_INTERNAL_ERROR: " + error.getMessage());
        }
        return answer;
    }

    private static List<String> texts(MaterializedRow row, List<? extends Type> types)
    {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < types.size(); index++) {
            Object value = row.getField(index);
            texts.add(value == null ? null : text(value, types.get(index)));
        }
        return texts;
    }

    /** Athena's text of a value. */
    private static String text(Object value, Type type)
    {
        if (value == null) {
            return "null";
        }
        if (type instanceof ArrayType array) {
            return ((List<?>) value).stream().map(item -> text(item, array.getElementType())).collect(Collectors.joining(", ", "[", "]"));
        }
        if (type instanceof MapType map) {
            return ((Map<?, ?>) value).entrySet().stream()
                    .map(entry -> text(entry.getKey(), map.getKeyType()) + "=" + text(entry.getValue(), map.getValueType()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (type instanceof RowType row) {
            List<?> values = value instanceof MaterializedRow materialized ? materialized.getFields() : (List<?>) value;
            List<String> fields = new ArrayList<>();
            for (int index = 0; index < values.size(); index++) {
                RowType.Field field = row.getFields().get(index);
                fields.add(field.getName().orElse("field" + index) + "=" + text(values.get(index), field.getType()));
            }
            return "{" + String.join(", ", fields) + "}";
        }
        if (value instanceof byte[] bytes) {
            return new SqlVarbinary(bytes).toString().replaceAll("\\s+", " ");
        }
        if (value instanceof SqlVarbinary) {
            return value.toString().replaceAll("\\s+", " ");
        }
        if (type instanceof TimestampType || type instanceof TimestampWithTimeZoneType || type instanceof TimeType) {
            return milliseconds(value.toString());
        }
        return value.toString();
    }

    /** Athena shows at least three digits of a second. */
    private static String milliseconds(String text)
    {
        java.util.regex.Matcher seconds = java.util.regex.Pattern.compile("^(.*?\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?(.*)$").matcher(text);
        if (!seconds.matches()) {
            return text;
        }
        String fraction = seconds.group(2) == null ? "." : seconds.group(2);
        while (fraction.length() < 4) {
            fraction += "0";
        }
        return seconds.group(1) + fraction + seconds.group(3);
    }
}
