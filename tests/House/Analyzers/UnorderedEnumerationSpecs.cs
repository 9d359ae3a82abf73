using Disguise.Analyzers;

namespace Disguise.House.Tests.Analyzers;

public sealed class UnorderedEnumerationSpecs
{
    private const string Derived = "class Table : Dictionary<int, int> { }";

    [Theory]
    [InlineData("Dictionary<int, int>")]
    [InlineData("HashSet<int>")]
    [InlineData("IDictionary<int, int>")]
    [InlineData("IReadOnlyDictionary<int, int>")]
    [InlineData("ISet<int>")]
    [InlineData("IReadOnlySet<int>")]
    [InlineData("Dictionary<int, int>.KeyCollection")]
    [InlineData("Dictionary<int, int>.ValueCollection")]
    [InlineData("System.Collections.Hashtable")]
    [InlineData("System.Collections.IDictionary")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<int, int>")]
    [InlineData("System.Collections.Frozen.FrozenSet<int>")]
    [InlineData("System.Collections.Immutable.ImmutableDictionary<int, int>")]
    [InlineData("System.Collections.Immutable.ImmutableHashSet<int>")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary<int, int>")]
    [InlineData("System.Collections.ObjectModel.ReadOnlyDictionary<int, int>")]
    [InlineData("Table")]
    public void A_loop_over_an_unordered_collection_is_reported(string type)
    {
        Assert.Equal(["DSG002 c"], Found($"void M({type} c) {{ foreach (var item in c) {{ }} }}"));
    }

    [Theory]
    [InlineData("int[]")]
    [InlineData("List<int>")]
    [InlineData("IReadOnlyList<int>")]
    [InlineData("Queue<int>")]
    [InlineData("SortedDictionary<int, int>")]
    [InlineData("SortedDictionary<int, int>.ValueCollection")]
    [InlineData("SortedSet<int>")]
    [InlineData("SortedList<int, int>")]
    [InlineData("System.Collections.Immutable.ImmutableSortedDictionary<int, int>")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>")]
    [InlineData("Span<int>")]
    public void A_loop_over_an_ordered_collection_is_allowed(string type)
    {
        Assert.Empty(Found($"void M({type} c) {{ foreach (var item in c) {{ }} }}"));
    }

    [Theory]
    [InlineData("foreach (var i in d.Keys) { }", "d.Keys")]
    [InlineData("foreach (var i in r.Values) { }", "r.Values")]
    [InlineData("foreach (var i in (IEnumerable<int>)s) { }", "s")]
    [InlineData("_ = d.Select(pair => pair.Value);", "d")]
    [InlineData("_ = from pair in d where pair.Key > 1 select pair.Value;", "d")]
    [InlineData("_ = d.Values.First();", "d.Values")]
    [InlineData("_ = r.Keys.ToList();", "r.Keys")]
    [InlineData("_ = r.OrderBy(pair => pair.Value);", "r")]
    [InlineData("_ = s.ToArray();", "s")]
    [InlineData("_ = new List<int>(s);", "s")]
    [InlineData("_ = new Queue<int>(r.Values);", "r.Values")]
    [InlineData("_ = string.Join(',', s);", "s")]
    [InlineData("l.AddRange(s);", "s")]
    [InlineData("int[] a = [.. s];", "s")]
    [InlineData("int[] a = [.. r.Keys];", "r.Keys")]
    [InlineData("IEnumerable<int> e = s;", "s")]
    [InlineData("var e = r.Keys;", "r.Keys")]
    [InlineData("s.CopyTo(new int[9]);", "s")]
    [InlineData("var e = s.GetEnumerator();", "s")]
    [InlineData("using var e = r.Keys.GetEnumerator();", "r.Keys")]
    public void Every_other_way_to_see_the_order_is_reported(string statement, string place)
    {
        Assert.Equal(["DSG002 " + place], Found(Method(statement)));
    }

    [Theory]
    [InlineData("_ = d[1] + d.Count + (d.ContainsKey(1) ? 1 : 0); d.TryGetValue(1, out _);")]
    [InlineData("s.Add(1); s.Remove(1); s.UnionWith(new HashSet<int>(s));")]
    [InlineData("foreach (var key in d.Keys.Order()) { }")]
    [InlineData("foreach (var key in r.Keys.OrderDescending()) { }")]
    [InlineData(
        "_ = s.Any() | s.All(i => i > 0) | s.Count(i => i > 1) > 1 | d.Values.Contains(1);")]
    [InlineData("_ = new SortedSet<int>(s); _ = new SortedDictionary<int, int>(d);")]
    [InlineData("_ = new Dictionary<int, int>(d); _ = r.Keys.Count();")]
    [InlineData("IReadOnlyDictionary<int, int> view = d; ISet<int> other = s;")]
    [InlineData("_ = l.Select(i => i + 1).ToList();")]
    public void What_does_not_depend_on_the_order_is_allowed(string statement)
    {
        Assert.Empty(Found(Method(statement)));
    }

    private static string Method(string statement) =>
        "void M(Dictionary<int, int> d, IReadOnlyDictionary<int, int> r, HashSet<int> s, "
        + "List<int> l) "
        + $"{{ {statement} }}";

    private static string[] Found(string member) =>
        Reports.Of(new UnorderedEnumerationAnalyzer(), member, Derived);
}
