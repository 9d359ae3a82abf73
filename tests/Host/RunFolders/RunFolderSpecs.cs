using Disguise.Host.Results;
using Disguise.Host.RunFolders;
using Disguise.Host.Tests.Results;
using Xunit;

namespace Disguise.Host.Tests.RunFolders;

public sealed class RunFolderSpecs : IDisposable
{
    private readonly string runs =
        Path.Combine(Directory.CreateTempSubdirectory("disguise-").FullName, "runs");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(runs)!, recursive: true);

    [Fact]
    public void A_run_leaves_result_report_experiment_and_hash()
    {
        var result = SampleResult.Make();
        var folder = Create();
        folder.Write(result, "<html/>");
        Assert.Equal(Path.Combine(runs, "first-42"), folder.FullPath);
        Assert.Equal("name: first\n", File.ReadAllText(folder.ExperimentPath));
        Assert.Equal(result.Hash + "\n", File.ReadAllText(folder.HashPath));
        Assert.Equal("<html/>", File.ReadAllText(folder.ReportPath));
        Assert.Equal(
            ResultJson.ToUtf8Bytes(result),
            ResultJson.ToUtf8Bytes(ResultJson.Read(File.ReadAllBytes(folder.ResultPath))));
        Assert.Equal(
            ["experiment.yaml", "hash.txt", "report.html", "result.json"],
            Directory.GetFiles(folder.FullPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_existing_folder_is_never_overwritten()
    {
        var first = Create();
        File.WriteAllText(first.PacketsPath, "mine");
        Assert.EndsWith("first-42-2", Create().FullPath);
        Assert.EndsWith("first-42-3", Create().FullPath);
        Assert.Equal("mine", File.ReadAllText(first.PacketsPath));
    }

    [Fact]
    public void Out_names_the_folder_and_is_not_overwritten_either()
    {
        var outPath = Path.Combine(runs, "elsewhere", "mine") + Path.DirectorySeparatorChar;
        Assert.EndsWith("mine", Create(outPath).FullPath);
        Assert.EndsWith("mine-2", Create(outPath).FullPath);
    }

    [Fact]
    public void Forty_commands_at_once_get_forty_folders()
    {
        var folders = new RunFolder[40];
        Parallel.For(0, folders.Length, i => folders[i] = RunFolder.Create(
            runs, "first", 42, null, $"name: number-{i}\n"));
        Assert.Equal(40, folders.DistinctBy(folder => folder.FullPath).Count());
        for (var i = 0; i < folders.Length; i++)
        {
            Assert.Equal($"name: number-{i}\n", File.ReadAllText(folders[i].ExperimentPath));
        }
    }

    [Fact]
    public void Where_the_disk_refuses_the_answer_is_one_line_with_exit_code_3()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(runs)!);
        File.WriteAllText(runs, "a file where the folder should be");
        var refusal = Assert.Throws<SurroundingsRefuseException>(() => Create());
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Contains("first-42", refusal.Message);
        Assert.Equal(3, SurroundingsRefuseException.ExitCode);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_half_written()
    {
        var folder = Create();
        Directory.CreateDirectory(Path.Combine(folder.ReportPath, "in the way"));
        var refusal = Assert.Throws<SurroundingsRefuseException>(
            () => folder.Write(SampleResult.Make(), "<html/>"));
        Assert.Contains("report.html", refusal.Message);
        Assert.False(File.Exists(folder.ResultPath));
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.partial"));
    }

    [Fact]
    public void Latest_points_at_the_newest_run()
    {
        Assert.Null(LatestRun.Find(runs));
        var (first, second) = (Create(), Create());
        Assert.Null(LatestRun.Point(runs, first));
        Assert.Equal(first.FullPath, LatestRun.Find(runs));
        Assert.Null(LatestRun.Point(runs, second));
        Assert.Equal(second.FullPath, LatestRun.Find(runs));
        Assert.Equal("first-42-2", new FileInfo(Path.Combine(runs, "latest")).LinkTarget);
    }

    [Fact]
    public void Latest_reads_the_text_file_of_a_file_system_without_links()
    {
        var folder = Create();
        File.WriteAllText(Path.Combine(runs, "latest"), "first-42\n");
        Assert.Equal(folder.FullPath, LatestRun.Find(runs));
        Assert.Null(LatestRun.Point(runs, folder));
        Assert.Equal(folder.FullPath, LatestRun.Find(runs));
    }

    [Fact]
    public void A_folder_named_latest_is_left_alone()
    {
        var folder = Create();
        Directory.CreateDirectory(Path.Combine(runs, "latest"));
        Assert.Contains("left as it is", LatestRun.Point(runs, folder));
        Assert.True(Directory.Exists(Path.Combine(runs, "latest")));
    }

    [Fact]
    public void Latest_that_points_nowhere_is_none()
    {
        var folder = Create();
        LatestRun.Point(runs, folder);
        Directory.Delete(folder.FullPath, recursive: true);
        Assert.Null(LatestRun.Find(runs));
        Assert.Null(LatestRun.Point(runs, Create()));
        Assert.NotNull(LatestRun.Find(runs));
    }

    private RunFolder Create(string? outPath = null) =>
        RunFolder.Create(runs, "first", 42, outPath, "name: first\n");
}
