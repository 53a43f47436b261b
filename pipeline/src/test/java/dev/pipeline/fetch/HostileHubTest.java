package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is shown a token, what a hub says no with, and what none may get away with. */
class HostileHubTest {
  @TempDir Path folder;
  private FakeHub hub;
  private FakeRepository repository;
  private Fetching fetching;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    repository =
        hub.add(Fetching.MODEL)
            .git("config.json", "{}")
            .lfs("model.safetensors", FakeContent.safetensors(100_000, 1));
    fetching = new Fetching(hub.endpoint(), folder);
  }

  @AfterEach
  void nothingForbiddenWasDone() throws IOException {
    hub.close();
    assertThat(hub.violations).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"})
  void theTokenOpensWhatIsGatedAndNeverReachesTheStore(String variable) throws IOException {
    repository.access = FakeRepository.Access.GATED;
    fetching.environment.put(variable, FakeHub.TOKEN + "\n");

    Path made = fetching.run().folder();

    assertThat(hub.requests).anyMatch(request -> request.startsWith("store "));
    try (Stream<Path> files = Files.walk(made)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(FakeHub.TOKEN));
    }
  }

  @Test
  void aGatedModelNamesTheLicenceAndTheToken() {
    repository.access = FakeRepository.Access.GATED;
    assertRefused(ExitCode.REFUSED, "owner/model is gated", "set HF_TOKEN");

    fetching.environment.put("HF_TOKEN", FakeHub.STRANGER);
    Failure failure =
        assertRefused(
            ExitCode.REFUSED,
            "licence accepted",
            "accept it at " + hub.endpoint() + "/owner/model");
    assertThat(failure.fix()).doesNotContain("HF_TOKEN");
  }

  @Test
  void anUnknownModelNamesTheNearestKnown() {
    fetching.model = "owner/modle";
    fetching.near = Optional.of(Fetching.MODEL);

    assertRefused(
        ExitCode.USAGE, "shows no model owner/modle", "did you mean owner/model? or it is private");
  }

  @Test
  void aPrivateModelLooksLikeNoneAtAll() {
    repository.access = FakeRepository.Access.PRIVATE;
    assertRefused(ExitCode.USAGE, "shows no model", "set HF_TOKEN");

    fetching.environment.put("HF_TOKEN", FakeHub.STRANGER);
    assertRefused(ExitCode.USAGE, "shows no model", "the token may not see it");
  }

  @Test
  void aTokenThatIsNotTakenIsNotRepeated() {
    fetching.environment.put("HF_TOKEN", "hf_expired");

    Failure failure = assertRefused(ExitCode.INFRASTRUCTURE, "does not take the token", "HF_TOKEN");
    assertThat(failure.reason() + failure.fix()).doesNotContain("hf_expired");
  }

  @Test
  void anUnknownRevisionIsNamed() {
    fetching.model = Fetching.MODEL + "@v9";

    assertRefused(ExitCode.USAGE, "owner/model has no revision \"v9\"", "/tree/main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.safetensors",
        "a/../../evil.safetensors",
        "/etc/evil.safetensors",
        "a//evil.safetensors",
        "./evil.safetensors",
        "..\\\\evil.safetensors",
        "C:evil.safetensors",
        "C:\\\\evil.safetensors",
        ""
      })
  void aPathThatLeadsOutRefusesTheWholeRepository(String path) throws IOException {
    list(path);

    assertRefused(ExitCode.REFUSED, "the hub lists a file that", "do not use this repository");
    assertNothingWritten();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "con.safetensors",
        "LPT1",
        "a:b.safetensors",
        "a\\u0000b.safetensors",
        "a\\u001b[31m.safetensors",
        "a\\u202eb.safetensors",
        "a?.safetensors",
        "model.safetensors.partial",
        "model.safetensors.partial.json",
        "fetch.json",
        ".fetch.lock",
        "a. /model.safetensors",
        " a/model.safetensors",
        "model.safetensors\",\"size\":1,\"blobId\":\"0000000000000000000000000000000000000000\"},"
            + "{\"rfilename\":\"MODEL.safetensors",
        "config\",\"size\":1,\"blobId\":\"0000000000000000000000000000000000000000\"},"
            + "{\"rfilename\":\"config/model.safetensors"
      })
  void aNameThatIsNotOneFileEverywhereIsRefusedWhenWanted(String path) throws IOException {
    list(path);
    fetching.choice = new FileChoice(List.of("*"), List.of());

    Failure failure = assertRefused(ExitCode.REFUSED, "the hub lists a file that", "--exclude");
    assertThat(failure.reason()).doesNotContainPattern("\\p{Cntrl}");
    assertNothingWritten();
  }

  @Test
  void aNameThatIsNotWantedDoesNoHarm() {
    repository.git("con.txt", "a device on some system");
    repository.git("ab:c.txt", "no name on some system");

    assertThat(fetching.run().files())
        .extracting(HubFile::path)
        .containsExactly("config.json", "model.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                     | no list of files",
        "[{\"rfilename\":\"a.safetensors\",\"size\":\"7\"}]     | no length of a.safetensors",
        "[{\"rfilename\":\"a.safetensors\",\"size\":-7,\"blobId\":\"0000000000000000000000000000000000000000\"}] | a length of -7",
        "[{\"rfilename\":\"a.safetensors\",\"size\":7}]         | no digest of a.safetensors",
        "[{\"rfilename\":\"a.safetensors\",\"size\":7,\"lfs\":{\"size\":7}}] | no SHA-256 of a",
        "[{\"rfilename\":\"a.safetensors\",\"size\":7,\"blobId\":\"x\"}] | no git digest",
        "[{\"rfilename\":\"a.safetensors\",\"size\":1e400,\"blobId\":\"x\"}] | no length",
        "[1,                                                    | no JSON",
        "[[[[[[[[[[                                             | no JSON"
      })
  void aListingThatCannotBeVerifiedIsRefused(String siblings, String why) throws IOException {
    repository.siblings = siblings;

    assertRefused(ExitCode.REFUSED, "answers with " + why, "--endpoint");
    assertNothingWritten();
  }

  @Test
  void aCommitThatIsNoneIsRefused() {
    repository.commit = "../../..";
    assertRefused(ExitCode.REFUSED, "answers with no commit", "--endpoint");
  }

  @Test
  void aListingWithoutEndIsNotRead() {
    repository.siblings = "[\"" + "x".repeat(33 << 20) + "\"]";
    assertRefused(ExitCode.REFUSED, "a listing of more than 32 MiB", "--endpoint");
  }

  @Test
  void redirectsInCirclesEnd() {
    hub.misbehaviour.redirect =
        hub.endpoint() + "/owner/model/resolve/" + FakeRepository.COMMIT + "/config.json";
    assertRefused(ExitCode.INFRASTRUCTURE, "redirects in circles", "--endpoint");
  }

  @Test
  void aRedirectToAnotherSchemeIsNotFollowed() {
    hub.misbehaviour.redirect = "file:///etc/passwd";
    fetching.attempts = 2;
    assertRefused(ExitCode.REFUSED, "redirects to what is no web address: file:", "--endpoint");
    hub.misbehaviour.redirect = null;
    hub.misbehaviour.hubStatuses.add("302 Found");
    assertRefused(ExitCode.REFUSED, "redirects to nowhere", "--endpoint");
    assertThat(fetching.waits).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 47})
  void aLengthThatNoFileHasIsRefused(long size) {
    repository.file("model.safetensors").listedSize = size;
    assertRefused(ExitCode.REFUSED, "a length of " + size, "--endpoint");
  }

  @Test
  void aBlankEndpointIsNoneGiven() {
    Map<String, String> mirror = Map.of("HF_ENDPOINT", "https://mirror.example");
    for (String blank : List.of("", " ")) {
      assertThat(Hub.of(blank, mirror)).hasToString("https://mirror.example");
    }
  }

  @Test
  void nobodyIsLedFromHttpsToHttp() {
    HttpUrl secure = HttpUrl.get("https://hub.example/a");
    HttpUrl plain = HttpUrl.get("http://hub.example/a");

    assertThatThrownBy(() -> HubHttp.requireNoDowngrade(secure, plain))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("from https to http");
    HubHttp.requireNoDowngrade(plain, plain);
    HubHttp.requireNoDowngrade(plain, secure);
    HubHttp.requireNoDowngrade(secure, HttpUrl.get("https://store.example/"));
  }

  @Test
  void aTokenGoesToItsOwnOriginAlone() {
    Hub own = Hub.of("https://hub.example", Map.of("HF_TOKEN", "t"));

    assertThat(own.isOrigin(HttpUrl.get("https://hub.example/a/b"))).isTrue();
    assertThat(own.isOrigin(HttpUrl.get("https://HUB.example:443/"))).isTrue();
    assertThat(own.isOrigin(HttpUrl.get("http://hub.example/"))).isFalse();
    assertThat(own.isOrigin(HttpUrl.get("https://hub.example:8443/"))).isFalse();
    assertThat(own.isOrigin(HttpUrl.get("https://hub.example.evil/"))).isFalse();
    assertThat(own.isOrigin(HttpUrl.get("https://sub.hub.example/"))).isFalse();
    assertThat(own.toString()).isEqualTo("https://hub.example");
  }

  @Test
  void aTokenIsNotSentReadableByEverybody() {
    assertThatThrownBy(() -> Hub.of("http://hub.example", Map.of("HF_TOKEN", "secret-token")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("over http")
        .hasMessageNotContaining("secret-token");
    assertThat(Hub.of("http://hub.example", Map.of()).token()).isEmpty();
  }

  @Test
  void whatIsNoAddressOrNoTokenIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Hub.of("ftp://hub", Map.of())).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Hub.of(null, Map.of("HF_ENDPOINT", "https://me:pass@hub")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageNotContaining("pass");
    assertThatThrownBy(() -> Hub.of(null, Map.of("HF_TOKEN", "two words")))
        .isInstanceOf(Failure.class)
        .hasMessageNotContaining("words");
  }

  private void list(String path) {
    repository.siblings =
        "[{\"rfilename\":\""
            + path
            + "\",\"size\":1,\"blobId\":\"0000000000000000000000000000000000000000\"}]";
  }

  private Failure assertRefused(ExitCode status, String reason, String fix) {
    List<Failure> failures = new ArrayList<>();
    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(Failure.class, failures::add)
        .hasMessageContaining(reason);
    assertThat(failures.get(0).exitCode()).isEqualTo(status);
    assertThat(failures.get(0).fix()).contains(fix);
    return failures.get(0);
  }

  private void assertNothingWritten() {
    assertThat(hub.requests).hasSize(1);
    assertThat(folder.resolveSibling("evil.safetensors")).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }
}
