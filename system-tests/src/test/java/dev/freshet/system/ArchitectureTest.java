package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the code against the tables of ARCHITECTURE.md. */
class ArchitectureTest {
    private static final String OURS = "dev.freshet.";
    private static final List<String> SUFFIXES_WITHOUT_MEANING =
            List.of("Util", "Utils", "Helper", "Manager", "Impl", "Common");

    private static JavaClasses classes;
    private static Map<String, Set<String>> mayUse;

    @BeforeAll
    static void read() throws IOException {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("dev.freshet");
        mayUse = new ArchitectureTable("package", "may use").rows();
    }

    @Test
    void everyPackageStandsInTheTable() {
        Set<String> packages = ours().map(ArchitectureTest::nameOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages).isNotEmpty().isSubsetOf(mayUse.keySet());
        assertThat(mayUse.keySet())
                .as("packages of the table that do not exist")
                .isSubsetOf(packages);
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        List<String> violations = ours().flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(ArchitectureTest::isAmongUs)
                .filter(use -> !isAllowed(nameOf(use.getOriginClass()), nameOf(use.getTargetClass())))
                .map(Dependency::getDescription)
                .toList();
        assertThat(violations).isEmpty();
    }

    @Test
    void thirdPartiesStayInTheirPackages() throws IOException {
        new ArchitectureTable("third party", "only in").rows().forEach((thirdParty, homes) -> {
            Set<String> users = ours().filter(from -> from.getDirectDependenciesFromSelf().stream()
                            .anyMatch(
                                    use -> use.getTargetClass().getPackageName().startsWith(thirdParty)))
                    .map(ArchitectureTest::nameOf)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(users).as(thirdParty).isSubsetOf(homes);
        });
    }

    @Test
    void noNameSaysNothing() {
        assertThat(ours().map(JavaClass::getSimpleName))
                .noneMatch(name -> SUFFIXES_WITHOUT_MEANING.stream().anyMatch(name::endsWith));
    }

    @Test
    void everyPackageExplainsItself() {
        Set<String> explained = ours().filter(one -> one.getSimpleName().equals("package-info"))
                .map(ArchitectureTest::nameOf)
                .collect(Collectors.toSet());
        assertThat(explained).containsAll(mayUse.keySet());
    }

    private static Stream<JavaClass> ours() {
        return classes.stream()
                .filter(one -> !nameOf(one).startsWith("system") && !nameOf(one).startsWith("lab"));
    }

    private static boolean isAmongUs(Dependency use) {
        return use.getTargetClass().getPackageName().startsWith(OURS)
                && !use.getTargetClass()
                        .getPackageName()
                        .equals(use.getOriginClass().getPackageName());
    }

    private static boolean isAllowed(String from, String to) {
        return mayUse.getOrDefault(from, Set.of()).stream().anyMatch(allowed -> covers(allowed, to));
    }

    private static boolean covers(String allowed, String name) {
        return allowed.endsWith(".*")
                ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                : name.equals(allowed);
    }

    private static String nameOf(JavaClass one) {
        return one.getPackageName().substring(OURS.length());
    }
}
