using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class BadExperimentSpecs
{
    private const string Expect = "# expect: FILE:";

    public static TheoryData<string> BadFiles()
    {
        var files = new TheoryData<string>();
        foreach (
            var file in Directory.GetFiles(Path.Combine(ExperimentFiles.Folder, "Bad")).Order()
        )
            files.Add(Path.GetFileName(file));
        return files;
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_file_gives_the_one_line_that_its_first_comment_expects(string file)
    {
        var text = File.ReadAllText(Path.Combine(ExperimentFiles.Folder, "Bad", file));
        var comment = text[..text.IndexOf('\n')];
        Assert.StartsWith(Expect, comment);

        var error = Assert.Throws<ExperimentError>(() => ExperimentReader.ReadText(file, text));

        Assert.Equal($"{file}:{comment[Expect.Length..]}", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Matches($@"^{file}:[1-9]\d*: .+; allowed: .+", error.Message);
        Assert.False(string.IsNullOrEmpty(error.Allowed));
    }

    [Fact]
    public void There_are_thirty_bad_files_and_more() =>
        Assert.True(Directory.GetFiles(Path.Combine(ExperimentFiles.Folder, "Bad")).Length >= 30);

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        var error = Assert.Throws<ExperimentError>(() => ExperimentReader.Read("no/such.yaml"));
        Assert.Equal(
            "no/such.yaml: there is no such file; allowed: the path of an experiment file",
            error.Message
        );
    }

    [Fact]
    public void Control_characters_of_a_user_never_reach_the_line()
    {
        var text = ExperimentFiles.Small.Replace("name: small", "name: \"a\\nb\\e[31m\"");
        var error = Assert.Throws<ExperimentError>(() => ExperimentReader.ReadText("f.yaml", text));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.StartsWith("f.yaml:1: name: a b [31m; allowed: ", error.Message);
    }
}
