namespace Disguise.House.Tests.Tree;

public sealed class CodeShapeSpecs
{
    private const string SharedTestCode = "tests/Shared";

    [Fact]
    public void A_file_has_one_public_type()
    {
        Found.Nothing(SourceTree.CSharp.SelectMany(CodeRules.SurplusTypes));
    }

    [Theory]
    [InlineData("public class A { public class B { } } class C { }", 0)]
    [InlineData("public enum A { } public static class B { }", 0)]
    [InlineData("public class A { } public class B { }", 1)]
    [InlineData("namespace N; public record A; public enum B { }", 1)]
    [InlineData("public enum A { } public enum B { }", 1)]
    [InlineData("public class A { } public delegate void B();", 1)]
    public void A_second_public_type_is_found(string text, int found)
    {
        Assert.Equal(found, CodeRules.SurplusTypes(new SourceFile("A.cs", text)).Count());
    }

    [Fact]
    public void A_namespace_says_where_its_file_is()
    {
        Found.Nothing(SourceTree.CSharp
            .Where(file => !file.Name.StartsWith("samples/", StringComparison.Ordinal))
            .SelectMany(file => FolderOf(file) == SharedTestCode
                ? CodeRules.MisplacedNamespaces(file, SharedTestCode, "Disguise.Tests.Shared")
                : ProjectOf(file) is { } project
                    ? CodeRules.MisplacedNamespaces(
                        file, FolderOf(project), SourceTree.Property(project, "RootNamespace"))
                    : []));
    }

    [Theory]
    [InlineData("namespace Disguise.Actors.Time;", 0)]
    [InlineData("namespace Disguise.Actors;", 1)]
    [InlineData("namespace Disguise.Actors.Clocks { }", 1)]
    public void A_namespace_that_is_not_its_folder_is_found(string text, int found)
    {
        var file = new SourceFile("Actors/Time/A.cs", text);

        Assert.Equal(
            found, CodeRules.MisplacedNamespaces(file, "Actors", "Disguise.Actors").Count());
    }

    [Fact]
    public void Every_code_file_belongs_to_a_project()
    {
        Found.Nothing(SourceTree.CSharp
            .Where(file => !file.Name.StartsWith("samples/", StringComparison.Ordinal))
            .Where(file => FolderOf(file) != SharedTestCode && ProjectOf(file) is null)
            .Select(file => file.Name));
    }

    [Fact]
    public void Every_project_belongs_to_the_solution()
    {
        var solution = File.ReadAllText(Checkout.PathOf("Cluster.sln")).Replace('\\', '/');

        Found.Nothing(SourceTree.Projects
            .Select(project => project.Name)
            .Where(name => !solution.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    private static string FolderOf(SourceFile file) =>
        Path.GetDirectoryName(file.Name)!.Replace('\\', '/');

    private static SourceFile? ProjectOf(SourceFile file) => SourceTree.Projects.FirstOrDefault(
        project => file.Name.StartsWith(FolderOf(project) + "/", StringComparison.Ordinal));
}
