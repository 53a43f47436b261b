package dev.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shape of the house, and why it has it. */
class ArchitectureTest {
  /** Lowest first; rooms on one floor do not see each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("io"),
          List.of("config"),
          List.of("data", "chat", "embed"),
          List.of("weights", "vectors"),
          List.of("torch", "fetch", "documents"),
          List.of("model"),
          List.of("train", "generate", "export"),
          List.of("evaluate"),
          List.of("release"),
          List.of("plan", "track", "talk", "schedule"),
          List.of("jobs"),
          List.of("mcp", "lineage"),
          List.of("serve"),
          List.of("cli"));

  private static final Path SOURCES = Path.of("src/main/java");
  private static final int LONGEST_FILE = 400;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pipeline", "ai.djl.pytorch.jni");

  @TestFactory
  Stream<DynamicTest> roomsLookOnlyDown() {
    return FLOORS.stream()
        .flatMap(List::stream)
        .map(room -> DynamicTest.dynamicTest(room, () -> looksOnlyDown(room).check(CLASSES)));
  }

  @Test
  void roomsHaveNoCycles() {
    slices()
        .matching("dev.pipeline.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a room that can be understood alone can be changed alone")
        .check(CLASSES);
  }

  @Test
  void springStaysInJobsAndServe() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.pipeline.jobs..", "dev.pipeline.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .because("the recipes must run without a container, and --help must not load one")
        .check(CLASSES);
  }

  @Test
  void theEngineStaysInTorch() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.pipeline.torch..", "ai.djl..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to DJL, tokenizers in chat aside",
                type ->
                    type.getPackageName().startsWith("ai.djl")
                        && !type.getPackageName().startsWith("ai.djl.huggingface.tokenizers")))
        .because("native memory is only safe where every tensor has an owner")
        .check(CLASSES);
  }

  @Test
  void tokenizersStayInChat() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pipeline.chat..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.huggingface.tokenizers..")
        .because("one place decides how text becomes tokens, in training and in serving")
        .check(CLASSES);
  }

  @Test
  void clustersStayInSchedule() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pipeline.schedule..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .because("where a run happens is nobody else's business")
        .check(CLASSES);
  }

  @Test
  void staticStateIsConstant() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.pipeline..")
        .should()
        .beFinal()
        .because("two runs in one process must not see each other")
        .check(CLASSES);
  }

  @Test
  void filesStayShort() throws IOException {
    assertThat(sources())
        .as("nobody keeps more than %d lines in mind; split the file", LONGEST_FILE)
        .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(LONGEST_FILE + 1));
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    assertThat(sources().stream().map(Path::getParent).distinct())
        .filteredOn(folder -> folder.startsWith(SOURCES.resolve("dev")))
        .as("NullAway only checks packages that are marked, and readers start at package-info")
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .contains("@NullMarked")
                    .startsWith("/**"));
  }

  private static ArchRule looksOnlyDown(String room) {
    return noClasses()
        .that()
        .resideInAPackage("dev.pipeline." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(notBelow(room))
        .allowEmptyShould(true)
        .because("dependencies point one way, so that lower rooms can be read and reused alone");
  }

  /** Packages of {@code room}'s own floor and of all floors above, its own package aside. */
  private static String[] notBelow(String room) {
    List<String> packages = new ArrayList<>();
    boolean reached = false;
    for (List<String> floor : FLOORS) {
      reached |= floor.contains(room);
      if (reached) {
        floor.stream()
            .filter(other -> !other.equals(room))
            .forEach(other -> packages.add("dev.pipeline." + other + ".."));
      }
    }
    return packages.toArray(String[]::new);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
