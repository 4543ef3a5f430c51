// Streamlit's own widgets speak English only. This puts their fixed words into Chinese, in texts and in the attributes
// that readers see or hear; words of ours are never among them. Silent on the English screens (?lang=en).
// tests/test_server.py fails when Streamlit's frontend no longer has one of the words.
(() => {
  "use strict";

  const WORDS = new Map(Object.entries({
    // File uploader
    "Upload": "上传",
    "Add files": "添加文件",
    "Drag and drop a file here": "将文件拖放到此处",
    "Drag and drop files here": "将文件拖放到此处",
    "File size is too small.": "文件过小。",
    "Only one file is allowed.": "只能上传一个文件。",
    "Too many files": "文件过多",
    "Unexpected error. Please try again.": "上传出错，请重试。",
    "Error uploading file": "文件上传出错",
    "Upload failed": "上传失败",
    "Click to retry upload": "点击重新上传",
    "file upload": "选择文件",
    // Tables
    "Previous page": "上一页",
    "Next page": "下一页",
    "Search": "搜索",
    "Type to search": "输入文字搜索",
    "Previous Result": "上一个结果",
    "Next Result": "下一个结果",
    "Close Search": "关闭搜索",
    "Download as CSV": "下载为 CSV",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Show/hide columns": "显示或隐藏列",
    "Clear selection": "清除选择",
    "Add row": "添加行",
    "Delete row(s)": "删除行",
    "Dataframe column menu": "列菜单",
    "Copy column name": "复制列名",
    "Sort ascending": "升序排列",
    "Sort descending": "降序排列",
    "Statistics": "统计",
    "Format": "格式",
    "Autosize": "自动列宽",
    "Pin column": "固定列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏列",
    "Automatic": "自动",
    "Localized": "本地格式",
    "Plain": "原样",
    "Compact": "紧凑",
    "Dollar": "美元",
    "Euro": "欧元",
    "Yen": "日元",
    "Percent": "百分比",
    "Scientific": "科学计数",
    "Accounting": "会计",
    "Duration": "时长",
    "Distance": "距今",
    "Calendar": "日历",
    "Range": "范围",
    "Count": "计数",
    "Values": "取值",
    "Empty": "空值",
    "Distinct": "不同值",
    "Average": "平均值",
    "Standard deviation": "标准差",
    "Minimum": "最小值",
    "Median": "中位数",
    "Maximum": "最大值",
    "Sum": "合计",
    "No data": "无数据",
    "Scrollable table": "可滚动的表格",
    "Pagination": "分页",
    // Choices
    "Select...": "请选择",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Choose or add an option": "请选择或填写",
    "Choose or add options": "请选择或填写",
    "No options to select": "无可选项",
    "No options to select.": "无可选项",
    "No results": "无匹配结果",
    "Select all": "全选",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Open": "展开",
    "Selectbox": "单选",
    "Selectbox options": "可选项",
    "Multiselect": "多选",
    "Multiselect options": "可选项",
    "Selected values": "已选项",
    "Show suggestions": "显示可选项",
    "Suggestions": "可选项",
    // Fields
    "Press Enter to apply": "按回车键生效",
    "Press Enter to submit form": "按回车键提交",
    "Press Ctrl+Enter to apply": "按 Ctrl+回车键生效",
    "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
    "Press ⌘+Enter to apply": "按 ⌘+回车键生效",
    "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
    "Clear entry": "清除",
    "Show password": "显示密码",
    "Hide password": "隐藏密码",
    "Increment": "增加",
    "Decrement": "减少",
    "Number is below the allowed range.": "数值低于允许范围。",
    "Number is above the allowed range.": "数值高于允许范围。",
    "Invalid input.": "填写有误。",
    "Invalid value.": "填写有误。",
    "Choose date": "选择日期",
    "Choose date range": "选择起止日期",
    "Clear date": "清除日期",
    "Clear dates": "清除日期",
    "Date range": "起止日期",
    "yyyy": "年",
    "mm": "月",
    "dd": "日",
    "Quick select a date range": "快速选择起止日期",
    "Past Week": "近一周",
    "Past Month": "近一月",
    "Past 3 Months": "近三月",
    "Past 6 Months": "近半年",
    "Past Year": "近一年",
    "Past 2 Years": "近两年",
    "Previous month": "上个月",
    "Next month": "下个月",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "方向键移动，回车键选定，Esc 键关闭。",
    // Charts
    "Download plot as a PNG": "下载为图片",
    "Zoom": "框选放大",
    "Pan": "平移",
    "Zoom in": "放大",
    "Zoom out": "缩小",
    "Autoscale": "自动缩放",
    "Reset axes": "还原",
    "Vega visualization": "图表",
    // Frame and dialogs
    "Close": "关闭",
    "Dismiss": "关闭",
    "Cancel": "取消",
    "Retry": "重试",
    "Try again": "重试",
    "Help": "说明",
    "Copied": "已复制",
    "Copy to clipboard": "复制",
    "Link to heading": "本节链接",
    "Loading": "加载中",
    "Loading...": "加载中…",
    "Please wait...": "请稍候…",
    "Download failed": "下载失败",
    "Image source failed to load": "图片未能加载",
    "Main menu": "主菜单",
    "Main": "正文",
    "Bottom": "页脚",
    "Notifications": "通知",
    "Sidebar": "侧栏",
    "Expand sidebar": "展开侧栏",
    "Collapse sidebar": "收起侧栏",
    "App pages": "页面",
    "View less": "收起",
    "Navigate to home page": "返回首页",
    "Skip to main content": "跳到正文",
    "Scroll tabs left": "向左滚动",
    "Scroll tabs right": "向右滚动",
    "Print": "打印",
    "Rerun": "刷新",
    "Auto rerun": "自动刷新",
    "Always rerun": "自动刷新",
    "Clear cache": "清除缓存",
    "Record screen": "录制屏幕",
    "Theme": "主题",
    "System": "跟随系统",
    "Use system setting": "跟随系统",
    "Light": "浅色",
    "Dark": "深色",
    "About": "关于",
    // Running and the connection
    "Running...": "运行中…",
    "Stopping...": "正在停止…",
    "Stop": "停止",
    "File change.": "文件有改动。",
    "Connecting": "正在连接",
    "Connecting to Streamlit server": "正在连接服务器",
    "Unable to connect to Streamlit server": "无法连接服务器",
    "Error": "出错",
    "Connection error": "连接出错",
    "Network issue": "网络故障",
    "Connection timed out.": "连接超时。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "服务器没有响应，请联系系统管理员。",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有响应，请检查网络连接。",
    "Page not found": "找不到页面",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "您要打开的页面不存在，已转到首页。",
    "Script execution error": "页面出错",
    "Error:": "出错：",
    "not connected to a server!": "未连接服务器",
  }));

  const DATE_PARTS = { year: "年", month: "月", day: "日" };
  const monthNumber = (english) => new Date(`${english} 1, 2000`).getMonth() + 1;

  // Words around a number or a name.
  const PATTERNS = [
    [/^([\d.]+ ?[KMG]?B) per file$/, (_, size) => `单个文件不超过 ${size}`],
    [/^File must be (.+) or smaller\.$/, (_, size) => `文件不能大于 ${size}。`],
    [/^(\S*) ?files are not allowed\.$/, () => "不接受这种文件。"],
    [/^Remove (.+)$/, (_, name) => `移除 ${name}`],
    [/^Cancel upload of (.+)$/, (_, name) => `取消上传 ${name}`],
    [/^Page (\d+)$/, (_, number) => `第 ${number} 页`],
    [/^(\d+) of (\d+)$/, (_, number, all) => `第 ${number} 个，共 ${all} 个`],
    [/^(\d+) results?$/, (_, count) => `${count} 个结果`],
    [/^Over (\d+) results$/, (_, count) => `超过 ${count} 个结果`],
    [/^(\d+) options? available\.$/, (_, count) => `${count} 个可选项`],
    [/^View (\d+) more$/, (_, count) => `另有 ${count} 项`],
    [/^Select (\d+) matches$/, (_, count) => `选中 ${count} 个匹配项`],
    [/^Add: (.+)$/, (_, text) => `添加：${text}`],
    [/^Help for (.+)$/, (_, name) => `${name}：说明`],
    [/^(?:Error: )?Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/,
      (_, least, most) => `请填写 ${least} 至 ${most} 之间的数值。`],
    [/^(?:Error: )?Number is below the allowed range\. Please enter a value greater than or equal to (.+)\.$/,
      (_, least) => `请填写不小于 ${least} 的数值。`],
    [/^(?:Error: )?Number is above the allowed range\. Please enter a value less than or equal to (.+)\.$/,
      (_, most) => `请填写不大于 ${most} 的数值。`],
    [/^Choose date, (.+)$/, (_, month) => `选择日期，${month}`],
    [/^Choose date range, (.+)$/, (_, month) => `选择起止日期，${month}`],
    [/^Selected Date: ([A-Z]\w+) (\d+), (\d+)$/, (_, month, day, year) => `已选日期：${year}年${monthNumber(month)}月${Number(day)}日`],
    [/^(\d+) – [A-Z][a-z]+$/, (_, month) => `${Number(month)}月`],
    [/^(year|month|day), (.+)$/, (_, part, label) => `${translate(label)}，${DATE_PARTS[part]}`],
    [/^(.+) (start|end) date$/, (_, label, end) => `${label}${end === "start" ? "（起）" : "（止）"}`],
    [/^[a-z0-9_]+ icon$/, () => "图标"],
    [/^This app has encountered an error\. The original error message is redacted.*$/s,
      () => "页面出错，请刷新重试；仍不行请联系系统管理员。"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      (_, count) => `最多选 ${count} 项，请先移除一项。`],
    [/^You have requested page \/(.+), but no corresponding file was found in the app's pages\/ directory\..*$/,
      (_, page) => `找不到页面“${page}”，已转到首页。`],
  ];

  const ATTRIBUTES = ["aria-label", "aria-valuetext", "placeholder", "title", "data-title"];

  // Ours or typed by the reader; inside a canvas stands the shadow copy of a table's cells.
  const UNTOUCHED = "script, style, textarea, code, canvas, .stHtml";

  const isEnglish = () => new URLSearchParams(location.search).get("lang") === "en";

  const translate = (text) => {
    const english = text.trim();
    if (!/[A-Za-z]{2}/.test(english)) return text;
    const word = WORDS.get(english);
    if (word !== undefined) return text.replace(english, () => word);
    for (const [pattern, chinese] of PATTERNS) {
      if (pattern.test(english)) return english.replace(pattern, chinese);
    }
    return text;
  };

  const translateText = (node) => {
    const chinese = translate(node.data);
    if (chinese !== node.data && !node.parentElement?.closest(UNTOUCHED)) node.data = chinese;
  };

  const translateAttribute = (element, name) => {
    const english = element.getAttribute(name);
    const chinese = english && translate(english);
    if (chinese !== english) element.setAttribute(name, chinese);
  };

  const translateTree = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(UNTOUCHED)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(UNTOUCHED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else for (const name of ATTRIBUTES) translateAttribute(node, name);
    }
  };

  const translateChanges = (changes) => {
    if (isEnglish()) return;
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translateTree);
      else if (change.type === "characterData") translateText(change.target);
      else translateAttribute(change.target, change.attributeName);
    }
  };

  if (isEnglish()) document.documentElement.lang = "en";
  else translateTree(document.body);
  new MutationObserver(translateChanges).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
